// How an enum is spelled in JSON, in the database and in query parameters.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace tenon {

/// Specialised next to each enum whose enumerators count from 0 without holes:
///     template <> struct enum_names<color> { static constexpr std::string_view list[] = {"red", "green"}; };
template <class Enum>
struct enum_names;

template <class Enum>
concept named_enum = requires {
    enum_names<Enum>::list;
};

template <named_enum Enum>
constexpr std::string_view to_name(Enum value) {
    return enum_names<Enum>::list[static_cast<std::size_t>(value)];
}

template <named_enum Enum>
constexpr std::optional<Enum> from_name(std::string_view name) {
    std::size_t position = 0;
    for (std::string_view candidate : enum_names<Enum>::list) {
        if (candidate == name) return static_cast<Enum>(position);
        ++position;
    }
    return std::nullopt;
}

}  // namespace tenon
