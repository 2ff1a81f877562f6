// Types that bring their own forms: what JSON, statements, rows, lists and checks have to know of one, it tells itself.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace tenon {

/// A type with an order whose values clients write as texts. Databases keep another value of it: a whole number or a
/// text in UTF-8, with one for each value and in the same order.
template <class T>
concept written_value = requires(const T& v, std::string_view text, const typename T::stored_type& kept) {
    /// Nothing for what is no such value; total, whatever the bytes.
    { T::parse(text) } -> std::same_as<std::optional<T>>;
    /// The one form in which it is answered.
    { v.to_string() } -> std::same_as<std::string>;
    { v.stored() } -> std::same_as<typename T::stored_type>;
    /// Nothing for what `stored` never gives.
    { T::from_stored(kept) } -> std::same_as<std::optional<T>>;
    /// Behind "must be": "a time of day such as 09:30:00". Lives for ever.
    { T::expected } -> std::convertible_to<std::string_view>;
    requires std::same_as<typename T::stored_type, std::int64_t> || std::same_as<typename T::stored_type, std::string>;
}
&&std::totally_ordered<T>;

}  // namespace tenon
