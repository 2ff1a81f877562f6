// Typed decoding of parsed JSON, with errors by JSON pointer (RFC 6901).
#include <charconv>
#include <vector>

#include <tenon/core/currency_codes.hpp>
#include <tenon/json/writer.hpp>

#include "json/number.hpp"
#include "json/quoted.hpp"
#include "json/tree.hpp"

namespace tenon::json {
namespace {

bool mismatch(std::string_view pointer, std::string_view detail, field_errors& errors) {
    errors.add(pointer, detail);
    return false;
}

/// What every client can hold: numbers of JavaScript are exact up to here.
constexpr std::int64_t largest_amount = (std::int64_t{1} << 53) - 1;

// Decodes a string by `parse`; nothing else fits.
template <class T, class Parse>
bool decode_text(const node& value, std::string_view pointer, T& out, Parse parse, std::string_view detail,
                 field_errors& errors) {
    if (value.kind() != node_kind::string) return mismatch(pointer, detail, errors);
    const auto parsed = parse(value.text());
    if (!parsed) return mismatch(pointer, detail, errors);
    out = *parsed;
    return true;
}

}  // namespace

bool decode(const node& value, std::string_view pointer, std::string& out, field_errors& errors) {
    if (value.kind() != node_kind::string) return mismatch(pointer, "must be a string", errors);
    if (value.text().find('\0') != std::string_view::npos)
        return mismatch(pointer, "must not hold the character U+0000", errors);
    out.assign(value.text());
    return true;
}

bool decode(const node& value, std::string_view pointer, bool& out, field_errors& errors) {
    if (value.kind() != node_kind::boolean) return mismatch(pointer, "must be true or false", errors);
    out = value.flag();
    return true;
}

bool decode(const node& value, std::string_view pointer, std::int64_t& out, field_errors& errors) {
    constexpr std::string_view detail = "must be a whole number between -2^63 and 2^63 - 1";
    if (value.kind() == node_kind::integer) {
        const std::string_view literal = value.text();
        return std::from_chars(literal.data(), literal.data() + literal.size(), out).ec == std::errc();
    }
    // 3.0 and 3e2 are integers, as JSON Schema has it.
    const auto whole = value.kind() == node_kind::number ? plain_number(value.text()).whole_number() : std::nullopt;
    if (!whole) return mismatch(pointer, detail, errors);
    out = *whole;
    return true;
}

bool decode(const node& value, std::string_view pointer, double& out, field_errors& errors) {
    if (value.kind() != node_kind::number && value.kind() != node_kind::integer)
        return mismatch(pointer, "must be a number", errors);
    double parsed = 0;
    const auto read = std::from_chars(value.text().data(), value.text().data() + value.text().size(), parsed);
    const bool out_of_range = read.ec != std::errc();
    if (out_of_range && !plain_number(value.text()).is_below_one())
        return mismatch(pointer, "must be a number no larger than 1.7976931348623157e308 on either side of zero",
                        errors);
    // What underflows is the nearest double, 0; and not -0, which one database keeps and the other does not.
    out = out_of_range ? 0 : parsed + 0.0;
    return true;
}

bool decode(const node& value, std::string_view pointer, uuid& out, field_errors& errors) {
    return decode_text(value, pointer, out, uuid::parse, "must be a UUID", errors);
}

bool decode(const node& value, std::string_view pointer, instant& out, field_errors& errors) {
    return decode_text(value, pointer, out, instant::parse,
                       "must be a time as in RFC 3339, such as 2026-01-31T09:30:00Z", errors);
}

bool decode(const node& value, std::string_view pointer, date& out, field_errors& errors) {
    return decode_text(value, pointer, out, date::parse, "must be a date such as 2026-01-31", errors);
}

namespace {

/// The amount of a `money`, with its own bounds.
struct minor_units {
    std::int64_t count = 0;
};

bool decode(const node& value, std::string_view pointer, minor_units& out, field_errors& errors) {
    field_errors of_any_integer;
    const bool is_whole = decode(value, pointer, out.count, of_any_integer);
    if (is_whole && out.count <= largest_amount && out.count >= -largest_amount) return true;
    return mismatch(pointer, "must be a whole number between -(2^53 - 1) and 2^53 - 1", errors);
}

}  // namespace

bool decode(const node& value, std::string_view pointer, money& out, field_errors& errors) {
    if (value.kind() != node_kind::object)
        return mismatch(pointer, "must be an object with amount (in minor units) and currency", errors);
    const std::size_t before = errors.list().size();
    object_reader reader(value, errors, std::string(pointer));
    std::string code;
    minor_units amount;
    reader.required("amount", amount);
    reader.required("currency", code);
    reader.finish();
    if (errors.list().size() > before) return false;
    const auto unit = currency_places(code) ? currency::parse(code) : std::nullopt;
    if (!unit) return mismatch(std::string(pointer) + "/currency", "must be an ISO 4217 code such as USD", errors);
    out.amount_minor = amount.count;
    out.unit = *unit;
    return true;
}

namespace detail {

bool is_null(const node& value) {
    return value.kind() == node_kind::null;
}

std::optional<std::string_view> text_of(const node& value) {
    if (value.kind() != node_kind::string) return std::nullopt;
    return value.text();
}

std::optional<std::size_t> array_size(const node& value, std::string_view pointer, std::size_t max,
                                      field_errors& errors) {
    if (value.kind() != node_kind::array) {
        errors.add(pointer, "must be an array");
        return std::nullopt;
    }
    if (value.size() > max) {
        errors.add(pointer, "must have at most " + std::to_string(max) + " elements");
        return std::nullopt;
    }
    return value.size();
}

const node& element(const node& array, std::size_t index) {
    return array.element(index);
}

bool decode_decimal(const node& value, std::string_view pointer, int precision, int scale, std::int64_t& units,
                    field_errors& errors) {
    const bool readable =
        value.kind() == node_kind::string || value.kind() == node_kind::integer || value.kind() == node_kind::number;
    const auto parsed = readable ? tenon::detail::parse_decimal(value.text(), precision, scale) : std::nullopt;
    if (!parsed) {
        const std::string before = std::to_string(precision - scale);
        return mismatch(pointer,
                        "must be a decimal with at most " + before + " digits before and " + std::to_string(scale) +
                            " after the point, such as \"" + tenon::detail::format_decimal(0, scale) + "\"",
                        errors);
    }
    units = *parsed;
    return true;
}

std::string child_pointer(std::string_view parent, std::size_t index) {
    std::string out(parent);
    append_pointer(out, std::to_string(index));
    return out;
}

void unknown_name(std::string_view pointer, const std::string_view* names, std::size_t count, field_errors& errors) {
    std::string detail = "must be one of ";
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) detail += ", ";
        detail += names[i];
    }
    errors.add(pointer, detail);
}

}  // namespace detail

struct object_reader::impl {
    const node& object;
    std::string pointer;
    std::vector<bool> asked;  // by member

    impl(const node& o, std::string p) : object(o), pointer(std::move(p)), asked(o.size()) {}
    bool is_object() const { return object.kind() == node_kind::object; }
};

object_reader::object_reader(const node& value, field_errors& errors, std::string pointer)
    : errors_(errors), impl_(std::make_unique<impl>(value, std::move(pointer))) {
    if (!impl_->is_object()) errors_.add(impl_->pointer, "must be an object");
}

object_reader::~object_reader() = default;

const node* object_reader::member(std::string_view name, bool required) {
    if (!impl_->is_object()) return nullptr;
    const node& object = impl_->object;
    for (std::size_t i = 0; i < object.size(); ++i) {
        if (object.name(i) != name) continue;
        impl_->asked[i] = true;
        return &object.value(i);
    }
    if (required) errors_.add(pointer_to(name), "is required");
    return nullptr;
}

std::string object_reader::pointer_to(std::string_view name) const {
    std::string out = impl_->pointer;
    append_pointer(out, name);
    return out;
}

void object_reader::refuse(std::string_view name, std::string_view detail) {
    if (member(name, false) != nullptr) errors_.add(pointer_to(name), detail);
}

void object_reader::refuse(std::initializer_list<std::string_view> names, std::string_view detail) {
    for (const std::string_view name : names) refuse(name, detail);
}

void object_reader::finish() {
    if (!impl_->is_object()) return;
    for (std::size_t i = 0; i < impl_->object.size(); ++i) {
        if (!impl_->asked[i]) errors_.add(pointer_to(impl_->object.name(i)), "is not a known field");
    }
}

}  // namespace tenon::json
