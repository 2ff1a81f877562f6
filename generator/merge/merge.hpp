// Three versions of one file become one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "generator/support/failure.hpp"

namespace tenon::gen {

/// What was last generated, what is on disk, what is generated now.
struct three_texts {
    std::string_view base;
    std::string_view mine;
    std::string_view theirs;
};

/// One place that both sides changed in different ways.
struct conflict_hunk {
    std::size_t line = 0;  ///< In mine, from 1. With nothing of mine in it: the line before which it belongs.
    std::string base;
    std::string mine;
    std::string theirs;
};

struct merged_text {
    std::string
        text;  ///< Where both sides changed the same lines: git's conflict markers, labelled mine, base, theirs.
    std::vector<conflict_hunk> conflicts;  ///< Empty: the merge is clean.
};

/// Merges the changes that lead from base to theirs into mine. `path` decides the kind of file:
///
///   regions first           `tenon:begin custom NAME` … `tenon:end custom NAME` keep what mine has between them
///   then lines              exactly as `git merge-file --diff3` does
///   then, if that is not    entries: the lists of CMake commands, .env.example, *.json, *.yaml
///   clean or not sound
///
/// Line ends and the missing final newline of mine are kept. Binary contents that both sides changed are one conflict,
/// and `text` is mine. Fails only when memory or libgit2 does. Safe to call from several threads.
outcome<merged_text> merge_files(std::string_view path, const three_texts& sides);

}  // namespace tenon::gen
