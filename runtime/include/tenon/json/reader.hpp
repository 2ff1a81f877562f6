// Typed decoding of one JSON object: every field error is collected under its JSON pointer, none hides another.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tenon/core/decimal.hpp>
#include <tenon/core/enum_names.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/json_text.hpp>
#include <tenon/core/patch.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/core/written.hpp>

namespace tenon::json {

/// One value inside a parsed body. Valid while its `document` lives.
class node;

/// A parsed body: at most 64 levels deep, no duplicate keys, valid UTF-8.
class document {
  public:
    /// errc::bad_request with the byte offset when `text` is not one JSON value; errc::invalid when its numbers,
    /// written out without exponents, take more than 1 MiB and more than `text`.
    static result<document> parse(std::string_view text);
    document(document&&) noexcept;
    document& operator=(document&&) noexcept;
    ~document();
    const node& root() const;

  private:
    struct impl;
    explicit document(std::unique_ptr<impl> i);
    std::unique_ptr<impl> impl_;
};

// Decoders of the scalar types. On a mismatch they add "must be …" under `pointer` and return false.
bool decode(const node& value, std::string_view pointer, std::string& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, bool& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, std::int64_t& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, double& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, uuid& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, instant& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, date& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, money& out, field_errors& errors);
bool decode(const node& value, std::string_view pointer, json_text& out, field_errors& errors);

namespace detail {
bool is_null(const node& value);
/// Of a string; nothing of everything else.
std::optional<std::string_view> text_of(const node& value);
/// nullopt and an error when `value` is not an array of at most `max` elements.
std::optional<std::size_t> array_size(const node& value, std::string_view pointer, std::size_t max, field_errors&);
const node& element(const node& array, std::size_t index);
bool decode_decimal(const node&, std::string_view pointer, int precision, int scale, std::int64_t&, field_errors&);
std::string child_pointer(std::string_view parent, std::size_t index);
void unknown_name(std::string_view pointer, const std::string_view* names, std::size_t count, field_errors&);
}  // namespace detail

template <class Entity>
bool decode(const node& value, std::string_view pointer, id<Entity>& out, field_errors& errors) {
    return decode(value, pointer, out.value, errors);
}

template <int Precision, int Scale>
bool decode(const node& value, std::string_view pointer, decimal<Precision, Scale>& out, field_errors& errors) {
    return detail::decode_decimal(value, pointer, Precision, Scale, out.units, errors);
}

template <written_value T>
bool decode(const node& value, std::string_view pointer, T& out, field_errors& errors) {
    const auto text = detail::text_of(value);
    const auto found = text ? T::parse(*text) : std::nullopt;
    if (!found) return errors.add(pointer, "must be " + std::string(T::expected)), false;
    return out = *found, true;
}

template <named_enum Enum>
bool decode(const node& value, std::string_view pointer, Enum& out, field_errors& errors) {
    std::string name;
    if (!decode(value, pointer, name, errors)) return false;
    auto found = from_name<Enum>(name);
    if (!found)
        return detail::unknown_name(pointer, enum_names<Enum>::list, std::size(enum_names<Enum>::list), errors), false;
    return out = *found, true;
}

/// Arrays hold at most 1,000 elements; the errors of all elements are reported.
template <class T>
bool decode(const node& value, std::string_view pointer, std::vector<T>& out, field_errors& errors) {
    auto size = detail::array_size(value, pointer, 1000, errors);
    if (!size) return false;
    bool ok = true;
    out.clear();
    for (std::size_t i = 0; i < *size; ++i) {
        T element{};
        ok = decode(detail::element(value, i), detail::child_pointer(pointer, i), element, errors) && ok;
        out.push_back(std::move(element));
    }
    return ok;
}

template <class T>
bool decode(const node& value, std::string_view pointer, std::optional<T>& out, field_errors& errors) {
    if (detail::is_null(value)) return out.reset(), true;
    return decode(value, pointer, out.emplace(), errors);
}

/// What is said of members that a client may know, but not send: `refuse(name, immutable)`.
inline constexpr std::string_view immutable = "is immutable: it is given at creation and never changes";
inline constexpr std::string_view read_only = "is read-only: the service sets it";

/// Reads the members of one object; `finish` reports every member that nobody asked for.
class object_reader {
  public:
    /// A root that is not an object is reported under "".
    object_reader(const node& value, field_errors& errors, std::string pointer = "");
    ~object_reader();

    /// Missing is an error ("is required"); null is one too, unless T is an optional.
    template <class T>
    void required(std::string_view name, T& out) {
        if (const node* value = member(name, true)) decode(*value, pointer_to(name), out, errors_);
    }
    /// Missing leaves `out` as it is.
    template <class T>
    void optional(std::string_view name, T& out) {
        if (const node* value = member(name, false)) decode(*value, pointer_to(name), out, errors_);
    }
    /// Missing leaves the patch absent.
    template <class T>
    void optional(std::string_view name, patch<T>& out) {
        const node* value = member(name, false);
        T decoded{};
        if (value && decode(*value, pointer_to(name), decoded, errors_)) out.set(std::move(decoded));
    }
    /// Reports the member, if there is one, as `detail` says it.
    void refuse(std::string_view name, std::string_view detail);
    void refuse(std::initializer_list<std::string_view> names, std::string_view detail);
    /// Reports unknown members ("is not a known field").
    void finish();

  private:
    const node* member(std::string_view name, bool required);
    std::string pointer_to(std::string_view name) const;
    struct impl;
    field_errors& errors_;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::json
