// Which paths Tenon writes to; asked of every rendered tree, and again of every plan or manifest read from disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// Why a file of a project may not have this path, or nothing when it may. Allowed: relative, '/'-separated, printable
/// ASCII that every file system and shell can hold; not `.git`, nor what Tenon keeps for itself.
std::optional<std::string> why_path_refused(std::string_view path);

/// Why these paths cannot be together (two differ only by case, or one is a directory of another), or nothing.
std::optional<std::string> why_paths_clash(const std::vector<std::string_view>& paths);

/// "src/a.cpp" -> "src/a.cpp.new", "src/a.cpp.new.2", …; `number` from 1.
std::string beside_path(std::string_view path, int number);
/// Whether `candidate` is one of those names for `path`.
bool is_beside_path(std::string_view path, std::string_view candidate);

/// Shell-like match of a path: `*` within a component, `**` across them, `?` one character. A pattern without '/' may
/// match the file's name alone; one that matches a directory matches all beneath it.
bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace tenon::gen
