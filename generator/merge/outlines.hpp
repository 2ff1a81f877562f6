// How files of each kind are read as entries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/merge/entries.hpp"

namespace tenon::gen {

/// `KEY=value` and `#KEY=default`, each with the comments above it.
std::optional<entry> outline_env(std::string_view text);

/// Objects by member, lists by `name` or by value. Nothing when it is not plain JSON.
std::optional<entry> outline_json(std::string_view text);

/// Block mappings and sequences by key and item; whatever else YAML has is a leaf. Nothing when in doubt.
std::optional<entry> outline_yaml(std::string_view text);

/// Of one kind of file: how it is read, and what stands between entries.
struct outline_kind {
    std::optional<entry> (*outline)(std::string_view text);
    std::string_view separator;
    bool (*parses)(std::string_view text);  ///< By the library that others read such files with.
};

/// Nothing for files without entries.
std::optional<outline_kind> outline_kind_of(std::string_view path);

}  // namespace tenon::gen
