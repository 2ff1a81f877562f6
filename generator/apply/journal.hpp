// The journal of a running change set, as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/apply/changes.hpp"

namespace tenon::gen {

struct journal {
    std::vector<change> changes;
    std::vector<std::string> new_directories;  ///< Parents first.
};

inline constexpr std::string_view journal_draft_path = ".tenon/local/journal.draft";
inline constexpr std::string_view journal_prepared_path = ".tenon/local/journal.prepared";
inline constexpr std::string_view journal_committed_path = ".tenon/local/journal.committed";

std::string write_journal(const journal& j);
/// Distrusts: a journal may come with a cloned project. Refuses any path that Tenon would not write.
outcome<journal> read_journal(std::string_view text);

/// Whether Tenon ever writes to the path: files of a project, what goes beside them, and its own records.
bool may_write(std::string_view path);

/// Whether the user may have edited the file: everything but Tenon's own records.
bool is_users_file(std::string_view path);

}  // namespace tenon::gen
