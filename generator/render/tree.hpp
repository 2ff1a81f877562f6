// The rendered project, in memory: path -> content. Nothing of it has touched a disk.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tenon::gen {

/// Who may change a file after it was first written; stated in the file's first line and in the manifest.
enum class owner_class {
    generated,  ///< Regenerated; user edits are merged or set aside.
    vendored,   ///< A part of the runtime, for which only digests are kept: replaced or set aside, never merged.
    seeded,     ///< Written once, then the user's; only renames of its entity are carried into it.
    frozen,     ///< An emitted migration: never changes, by either side.
};

struct tree_file {
    std::string content;
    owner_class owner = owner_class::generated;
    bool executable = false;
    std::string origin;     ///< The template (or stage) that made it, e.g. "templates/src/app/main.cpp"; for `explain`.
    std::string subject{};  ///< The entity (snake case) that it is about; empty: the whole product.
    std::string former{};   ///< The path that it had under its entity's name before a rename; empty: there was none.
};

/// A word and what it became: "invoice" -> "bill", "Invoices" -> "Bills".
using renamed_word = std::pair<std::string, std::string>;

/// A table of an entity, as it was and as it is; both names may be the same.
struct renamed_table {
    std::string was;
    std::string is;
    std::map<std::string, std::string, std::less<>> columns{};  ///< Former name -> name, of those that it had.
    bool is_built_in = false;  ///< The runtime's: columns that are not among these keep their names.
};

/// Paths are relative to the project, '/'-separated, without "." or ".." parts. Sorted, so iteration is deterministic.
struct tree {
    std::map<std::string, tree_file> files;
    /// The forms of every name that has changed since the last generation, or that the spec says has changed once.
    std::vector<renamed_word> renames{};
    /// The entities of which a name has changed since the last generation.
    std::set<std::string, std::less<>> renamed_subjects{};
    std::vector<renamed_table> tables{};  ///< Those of the last generation that are still generated.
};

}  // namespace tenon::gen
