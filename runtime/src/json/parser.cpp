// Parses request bodies with Boost.JSON's event parser into our own tree, which keeps number literals exactly.
#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

#include "json/number.hpp"
#include "json/quoted.hpp"
#include "json/tree.hpp"

namespace tenon::json {
namespace {

namespace bj = boost::json;

enum class refusal { none, duplicate_key, grown };

// How much longer a short document may get when its numbers are written out without exponents; a longer one may double.
// Memory is counted by what was sent, and 20 KB of 1e300 would be 1 MB.
constexpr std::size_t growth_always = 32 * 1024;

std::size_t growth_max(std::string_view text) {
    return std::max(growth_always, text.size());
}

bool fits_integer(std::string_view literal) {
    std::int64_t integer = 0;
    const auto read = std::from_chars(literal.data(), literal.data() + literal.size(), integer);
    return read.ec == std::errc() && read.ptr == literal.data() + literal.size();
}

// Receives the parser's events; the names of the members are Boost.JSON's.
class handler {
  public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 4096;
    static constexpr std::size_t max_string_size = std::size_t(-1);

    /// Written out, numbers may take `growth_max` bytes more than they do in the text.
    handler(std::pmr::memory_resource& arena, node& root, std::size_t growth_max)
        : arena_(arena), root_(root), growth_left_(growth_max) {}
    refusal why() const { return why_; }
    /// The member of the outermost object that was being read.
    std::string_view member() const { return member_; }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) {
        root_ = stack_.back();
        return true;
    }
    bool on_array_begin(bj::error_code&) { return open(); }
    bool on_array_end(std::size_t n, bj::error_code&) { return close(node_kind::array, n, n); }
    bool on_object_begin(bj::error_code&) { return open(); }
    bool on_object_end(std::size_t n, bj::error_code& failure) {
        if (!has_distinct_keys(n)) return refuse(refusal::duplicate_key, failure);
        return close(node_kind::object, 2 * n, n);
    }
    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_string(bj::string_view part, std::size_t, bj::error_code&) { return add_string(part); }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
        add_string(part);
        if (depth_ == 1) member_ = stack_.back().text();
        return true;
    }
    bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
    bool on_int64(std::int64_t, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_double(double, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_bool(bool flag, bj::error_code&) {
        stack_.emplace_back(flag);
        return true;
    }
    bool on_null(bj::error_code&) {
        stack_.emplace_back();
        return true;
    }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

  private:
    bool refuse(refusal why, bj::error_code& failure) {
        why_ = why;
        failure = bj::error::syntax;
        return false;
    }
    bool keep(bj::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }
    // The parts seen so far and the last one, copied into the arena.
    std::string_view finish_text(bj::string_view last) {
        const std::size_t size = parts_.size() + last.size();
        char* copy = static_cast<char*>(arena_.allocate(size + 1, 1));
        std::copy(parts_.begin(), parts_.end(), copy);
        std::copy(last.begin(), last.end(), copy + parts_.size());
        parts_.clear();
        return std::string_view(copy, size);
    }
    bool add_string(bj::string_view last) {
        stack_.emplace_back(node_kind::string, finish_text(last));
        return true;
    }
    // Judged by the literal alone: Boost.JSON's own conversion may be off by one in the last place. Whether a number
    // is too large is for whoever decodes it, who knows where it stands.
    bool add_number(bj::string_view last, bj::error_code& failure) {
        const std::string_view literal = finish_text(last);
        if (fits_integer(literal)) {
            stack_.emplace_back(node_kind::integer, literal);
            return true;
        }
        stack_.emplace_back(node_kind::number, literal);
        const std::size_t written_out = plain_number(literal).size();
        if (written_out <= literal.size()) return true;
        if (written_out - literal.size() > growth_left_) return refuse(refusal::grown, failure);
        growth_left_ -= written_out - literal.size();
        return true;
    }

    bool has_distinct_keys(std::size_t members) {
        const node* const keys = stack_.data() + stack_.size() - 2 * members;
        if (members <= 16) {
            for (std::size_t i = 1; i < members; ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    if (keys[2 * i].text() == keys[2 * j].text()) return false;
                }
            }
            return true;
        }
        // Sorted, not hashed: whoever sends the body would choose the collisions.
        std::vector<std::string_view> names;
        names.reserve(members);
        for (std::size_t i = 0; i < members; ++i) names.push_back(keys[2 * i].text());
        std::sort(names.begin(), names.end());
        return std::adjacent_find(names.begin(), names.end()) == names.end();
    }

    bool open() {
        ++depth_;
        return true;
    }
    // Moves the last `nodes` of the stack into the arena, as the children of one new node.
    bool close(node_kind kind, std::size_t nodes, std::size_t size) {
        --depth_;
        node* children = nullptr;
        if (nodes > 0) {
            children = static_cast<node*>(arena_.allocate(nodes * sizeof(node), alignof(node)));
            std::uninitialized_copy(stack_.end() - static_cast<std::ptrdiff_t>(nodes), stack_.end(), children);
            stack_.resize(stack_.size() - nodes);
        }
        stack_.emplace_back(kind, children, size);
        return true;
    }

    std::pmr::memory_resource& arena_;
    node& root_;
    std::vector<node> stack_;
    std::string parts_;
    std::size_t depth_ = 0;
    std::string_view member_;
    std::size_t growth_left_;
    refusal why_ = refusal::none;
};

/// What is valid, but more than a body may hold.
std::string_view beyond_a_limit(bj::error_code why) {
    if (why == bj::error::array_too_large) return "The JSON body has an array of more than 100,000 elements,";
    if (why == bj::error::object_too_large) return "The JSON body has an object of more than 10,000 members,";
    if (why == bj::error::key_too_large) return "The JSON body has a key of more than 4,096 bytes,";
    if (why == bj::error::too_deep) return "The JSON body has more than 64 levels,";
    return "The body is not valid JSON";
}

error failed(const handler& by, bj::error_code why, std::size_t offset) {
    const std::string place = " near byte " + std::to_string(offset) + ".";
    if (by.why() == refusal::duplicate_key)
        return error(errc::bad_request, "The JSON body has an object with the same key twice," + place, "bad_json");
    if (by.why() == refusal::none)
        return error(errc::bad_request, std::string(beyond_a_limit(why)) + place, "bad_json");
    std::string pointer;
    if (!by.member().empty()) append_pointer(pointer, by.member());
    field_errors errors;
    errors.add(pointer, "must not get longer by more than the whole body, and " + std::to_string(growth_always) +
                            " bytes at least, when numbers are written out without exponents");
    return error(std::move(errors));
}

}  // namespace

document::document(std::unique_ptr<impl> i) : impl_(std::move(i)) {}
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;
document::~document() = default;
const node& document::root() const {
    return impl_->root;
}

result<document> document::parse(std::string_view text) {
    auto made = std::make_unique<impl>();
    bj::parse_options options;
    options.max_depth = 64;
    bj::basic_parser<handler> parser(options, made->arena, made->root, growth_max(text));
    bj::error_code failure;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), failure);
    if (!failure && used < text.size()) failure = bj::error::extra_data;
    if (failure) return failed(parser.handler(), failure, used);
    return document(std::move(made));
}

}  // namespace tenon::json
