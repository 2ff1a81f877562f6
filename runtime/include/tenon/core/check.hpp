// The rules that generated models check their fields by. Each adds at most one error under the field's pointer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <tenon/core/decimal.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/written.hpp>

namespace tenon::check {

/// Length in Unicode code points of valid UTF-8, min <= length <= max.
void length(field_errors& errors, std::string_view pointer, std::string_view value, std::size_t min, std::size_t max);
void range(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t min, std::int64_t max);
void range(field_errors& errors, std::string_view pointer, double value, double min, double max);
void at_least(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t min);
void at_least(field_errors& errors, std::string_view pointer, double value, double min);
void at_most(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t max);
void at_most(field_errors& errors, std::string_view pointer, double value, double max);

/// Amounts are compared in minor units, whatever the currency.
void range(field_errors& errors, std::string_view pointer, const money& value, std::int64_t min, std::int64_t max);
void at_least(field_errors& errors, std::string_view pointer, const money& value, std::int64_t min);
void at_most(field_errors& errors, std::string_view pointer, const money& value, std::int64_t max);
/// Only the currency `code` (three capitals) is taken.
void currency(field_errors& errors, std::string_view pointer, const money& value, std::string_view code);

namespace detail {
void at_least(field_errors& errors, std::string_view pointer, std::int64_t units, std::int64_t min, int scale);
void at_most(field_errors& errors, std::string_view pointer, std::int64_t units, std::int64_t max, int scale);
}  // namespace detail

template <int P, int S>
void at_least(field_errors& errors, std::string_view pointer, decimal<P, S> value, decimal<P, S> min) {
    detail::at_least(errors, pointer, value.units, min.units, S);
}
template <int P, int S>
void at_most(field_errors& errors, std::string_view pointer, decimal<P, S> value, decimal<P, S> max) {
    detail::at_most(errors, pointer, value.units, max.units, S);
}
template <int P, int S>
void range(field_errors& errors, std::string_view pointer, decimal<P, S> value, decimal<P, S> min, decimal<P, S> max) {
    at_least(errors, pointer, value, min);
    at_most(errors, pointer, value, max);
}

/// Bounds of values that bring their own form are what such a value is made of, and are told in its form.
template <written_value T>
void at_least(field_errors& errors, std::string_view pointer, const T& value, std::int64_t min) {
    if (value < T{min}) errors.add(pointer, "must be at least " + T{min}.to_string());
}
template <written_value T>
void at_most(field_errors& errors, std::string_view pointer, const T& value, std::int64_t max) {
    if (T{max} < value) errors.add(pointer, "must be at most " + T{max}.to_string());
}
template <written_value T>
void range(field_errors& errors, std::string_view pointer, const T& value, std::int64_t min, std::int64_t max) {
    at_least(errors, pointer, value, min);
    at_most(errors, pointer, value, max);
}

/// Number of elements of an array field, at most `max`.
void count(field_errors& errors, std::string_view pointer, std::size_t size, std::size_t max);
/// One '@', a dotted domain, no spaces, at most 254 bytes (RFC 5321), no invisible, control or compatibility
/// characters; not a promise that mail arrives.
void email(field_errors& errors, std::string_view pointer, std::string_view value);
/// Of what is unique: no twin that looks the same. Text in Unicode normalization form C, without control characters,
/// invisible ones and such as turn the direction of text; joiners pass where scripts and emoji need them.
void identity(field_errors& errors, std::string_view pointer, std::string_view value);
/// An absolute http or https URL without credentials, at most 2,048 bytes.
void url(field_errors& errors, std::string_view pointer, std::string_view value);

/// A regular expression matched in linear time (RE2 syntax), anchored at both ends.
class pattern {
  public:
    /// Requires: `expression` is valid RE2 (the generator has checked it); otherwise the program ends at start-up.
    /// `message` is what a value is told that does not match; without, the pattern.
    explicit pattern(std::string_view expression, std::string message = {});
    ~pattern();
    pattern(const pattern&) = delete;
    pattern& operator=(const pattern&) = delete;
    bool matches(std::string_view value) const;
    void operator()(field_errors& errors, std::string_view pointer, std::string_view value) const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// What a model's own `validate(input, errors)` finds, as one error: errc::invalid, or nothing.
template <class Input>
result<void> validated(const Input& input) {
    field_errors errors;
    validate(input, errors);
    if (!errors.empty()) return error(std::move(errors));
    return {};
}

}  // namespace tenon::check
