// The three-way merge of lines, by libgit2: the same result as `git merge-file`.
#pragma once

#include "generator/merge/merge.hpp"

namespace tenon::gen {

/// Lines only: no kinds of files, no regions, line ends as they are. Clean exactly when `git merge-file` is; its text
/// is then the same, and otherwise that of `git merge-file --diff3`.
outcome<merged_text> merge_lines(const three_texts& sides);

/// A NUL among the first 8,000 bytes, as git decides it.
bool is_binary(std::string_view text);

/// The whole file as one conflict; `text` is mine.
merged_text whole_conflict(const three_texts& sides);

}  // namespace tenon::gen
