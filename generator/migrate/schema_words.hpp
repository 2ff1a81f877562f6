// The words that records have for enumerations.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "generator/migrate/schema.hpp"

namespace tenon::gen::words {

template <class Enum, std::size_t N>
using table = std::array<std::pair<Enum, std::string_view>, N>;

inline constexpr table<on_delete_rule, 3> rules{{{on_delete_rule::restrict_, "restrict"},
                                                 {on_delete_rule::cascade, "cascade"},
                                                 {on_delete_rule::set_null, "set_null"}}};

inline constexpr table<default_kind, 7> defaults{{{default_kind::boolean, "boolean"},
                                                  {default_kind::integer, "integer"},
                                                  {default_kind::number, "number"},
                                                  {default_kind::string, "string"},
                                                  {default_kind::now, "now"},
                                                  {default_kind::empty_list, "empty_list"},
                                                  {default_kind::json, "json"}}};

template <class Enum, std::size_t N>
constexpr std::string_view word_of(const table<Enum, N>& words, Enum value) {
    for (const auto& [one, word] : words) {
        if (one == value) return word;
    }
    return {};
}

template <class Enum, std::size_t N>
constexpr std::optional<Enum> from_word(const table<Enum, N>& words, std::string_view word) {
    for (const auto& [one, name] : words) {
        if (name == word) return one;
    }
    return std::nullopt;
}

}  // namespace tenon::gen::words
