// Parses request bodies with Boost.JSON's event parser into our own tree, which keeps number literals exactly.
#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "json/tree.hpp"

namespace tenon::json {
namespace {

namespace bj = boost::json;

enum class refusal { none, duplicate_key, nul_character, number_range };

bool is_integer_literal(std::string_view literal) {
    return literal.find_first_of(".eE") == std::string_view::npos;
}

// Receives the parser's events; the names of the members are Boost.JSON's.
class handler {
  public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 4096;
    static constexpr std::size_t max_string_size = std::size_t(-1);

    handler(std::pmr::memory_resource& arena, node& root) : arena_(arena), root_(root) {}
    refusal why() const { return why_; }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) {
        root_ = stack_.back();
        return true;
    }
    bool on_array_begin(bj::error_code&) { return true; }
    bool on_array_end(std::size_t n, bj::error_code&) { return close(node_kind::array, n, n); }
    bool on_object_begin(bj::error_code&) { return true; }
    bool on_object_end(std::size_t n, bj::error_code& failure) {
        if (!has_distinct_keys(n)) return refuse(refusal::duplicate_key, failure);
        return close(node_kind::object, 2 * n, n);
    }
    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_string(bj::string_view part, std::size_t, bj::error_code& failure) { return add_string(part, failure); }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
    bool on_key(bj::string_view part, std::size_t, bj::error_code& failure) { return add_string(part, failure); }
    bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
    bool on_int64(std::int64_t, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_double(double, bj::string_view part, bj::error_code& failure) { return add_number(part, failure); }
    bool on_bool(bool flag, bj::error_code&) {
        stack_.emplace_back().kind = node_kind::boolean;
        stack_.back().flag = flag;
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
    bool add_string(bj::string_view last, bj::error_code& failure) {
        const std::string_view text = finish_text(last);
        if (text.find('\0') != std::string_view::npos) return refuse(refusal::nul_character, failure);
        stack_.emplace_back().kind = node_kind::string;
        stack_.back().text = text;
        return true;
    }
    // Judged by the literal alone: Boost.JSON's own conversion may be off by one in the last place.
    bool add_number(bj::string_view last, bj::error_code& failure) {
        const std::string_view literal = finish_text(last);
        const char* const end = literal.data() + literal.size();
        node& added = stack_.emplace_back();
        added.text = literal;
        added.kind = node_kind::number;
        if (is_integer_literal(literal) && std::from_chars(literal.data(), end, added.integer).ec == std::errc()) {
            added.kind = node_kind::integer;
            return true;
        }
        double value = 0;
        const auto parsed = std::from_chars(literal.data(), end, value);
        const bool underflow = parsed.ec == std::errc::result_out_of_range && is_tiny(literal);
        if ((parsed.ec != std::errc() && !underflow) || !std::isfinite(value))
            return refuse(refusal::number_range, failure);
        return true;
    }
    // 1e-400 is zero for all purposes; only what is too large is refused.
    static bool is_tiny(std::string_view literal) {
        const std::size_t exponent = literal.find_first_of("eE");
        return exponent != std::string_view::npos && literal.substr(exponent + 1).starts_with('-');
    }

    bool has_distinct_keys(std::size_t members) {
        const node* const keys = stack_.data() + stack_.size() - 2 * members;
        if (members <= 16) {
            for (std::size_t i = 1; i < members; ++i) {
                for (std::size_t j = 0; j < i; ++j) {
                    if (keys[2 * i].text == keys[2 * j].text) return false;
                }
            }
            return true;
        }
        // Sorted, not hashed: whoever sends the body would choose the collisions.
        std::vector<std::string_view> names;
        names.reserve(members);
        for (std::size_t i = 0; i < members; ++i) names.push_back(keys[2 * i].text);
        std::sort(names.begin(), names.end());
        return std::adjacent_find(names.begin(), names.end()) == names.end();
    }

    // Moves the last `nodes` of the stack into the arena, as the children of one new node.
    bool close(node_kind kind, std::size_t nodes, std::size_t size) {
        node closed;
        closed.kind = kind;
        closed.size = size;
        if (nodes > 0) {
            auto* children = static_cast<node*>(arena_.allocate(nodes * sizeof(node), alignof(node)));
            std::uninitialized_copy(stack_.end() - static_cast<std::ptrdiff_t>(nodes), stack_.end(), children);
            closed.first = children;
            stack_.resize(stack_.size() - nodes);
        }
        stack_.push_back(closed);
        return true;
    }

    std::pmr::memory_resource& arena_;
    node& root_;
    std::vector<node> stack_;
    std::string parts_;
    refusal why_ = refusal::none;
};

std::string describe(refusal why, std::size_t offset) {
    const std::string place = " near byte " + std::to_string(offset) + ".";
    switch (why) {
        case refusal::duplicate_key:
            return "The JSON body has an object with the same key twice," + place;
        case refusal::nul_character:
            return "The JSON body has a text with the character U+0000," + place;
        case refusal::number_range:
            return "The JSON body has a number that is too large," + place;
        case refusal::none:
            break;
    }
    return "The body is not valid JSON" + place;
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
    bj::basic_parser<handler> parser(options, made->arena, made->root);
    bj::error_code failure;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), failure);
    if (!failure && used < text.size()) failure = bj::error::extra_data;
    if (failure) return error(errc::bad_request, describe(parser.handler().why(), used), "bad_json");
    return document(std::move(made));
}

}  // namespace tenon::json
