// JSON of any shape as text that every database keeps and every reader understands.
#include <tenon/json/reader.hpp>

#include "json/number.hpp"
#include "json/quoted.hpp"
#include "json/tree.hpp"

namespace tenon::json {
namespace {

constexpr std::string_view nul_character = "must not hold the character U+0000";
constexpr std::string_view number_range =
    "must be zero, or a number from 5e-324 to 1.7976931348623157e308 on either side of it, and take at most 400 "
    "characters when it is written out";

/// Stops at the first value that cannot be kept.
class raw_text {
  public:
    explicit raw_text(std::string& out) : out_(out) {}

    bool append(const node& value) {
        switch (value.kind()) {
            case node_kind::null:
                out_ += "null";
                return true;
            case node_kind::boolean:
                out_ += value.flag() ? "true" : "false";
                return true;
            case node_kind::integer:
                out_ += value.text() == "-0" ? std::string_view("0") : value.text();
                return true;
            case node_kind::number:
                return append_number(value.text());
            case node_kind::string:
                return append_string(value.text());
            case node_kind::array:
                return append_array(value);
            case node_kind::object:
                return append_object(value);
        }
        return true;
    }
    std::string_view why() const { return why_; }
    /// The pointer to the value, from the one that was appended.
    const std::string& where() const { return where_; }

  private:
    bool append_number(std::string_view literal) {
        const plain_number number(literal);
        if (!number.can_be_kept()) return refuse(number_range);
        number.append_to(out_);
        return true;
    }
    bool append_string(std::string_view text) {
        if (text.find('\0') != text.npos) return refuse(nul_character);
        append_quoted(out_, text);
        return true;
    }
    bool append_array(const node& value) {
        out_ += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out_ += ',';
            if (!append(value.element(i))) return inside(std::to_string(i));
        }
        out_ += ']';
        return true;
    }
    bool append_object(const node& value) {
        out_ += '{';
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string_view name = value.name(i);
            if (i > 0) out_ += ',';
            if (!append_string(name)) return false;
            out_ += ':';
            if (!append(value.value(i))) return inside(name);
        }
        out_ += '}';
        return true;
    }
    bool refuse(std::string_view why) {
        why_ = why;
        return false;
    }
    bool inside(std::string_view name) {
        std::string outer;
        append_pointer(outer, name);
        where_.insert(0, outer);
        return false;
    }

    std::string& out_;
    std::string where_;
    std::string_view why_;
};

}  // namespace

bool decode(const node& value, std::string_view pointer, json_text& out, field_errors& errors) {
    out.text.clear();
    raw_text text(out.text);
    if (text.append(value)) return true;
    errors.add(std::string(pointer) + text.where(), text.why());
    return false;
}

}  // namespace tenon::json
