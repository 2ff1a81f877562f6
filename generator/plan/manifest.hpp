// .tenon/manifest.json: whose each file is, and what else cannot be worked out; and where things are in a project.
//
// It lives in git and is merged there line by line (`merge=union`): an entry a line, each line complete in itself, no
// order that matters. So it holds nothing that changes with every regeneration; what a file was last generated as is in
// .tenon/bases (bases.hpp), which git merges like the file itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/tree.hpp"
#include "generator/support/failure.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

struct manifest_entry {
    owner_class owner = owner_class::generated;
    bool executable = false;  ///< As last generated.
    bool deleted = false;     ///< A tombstone: the user deleted it, and it stays deleted.
    /// Of a frozen or vendored file: its content as last generated. More than one after a merge of branches that
    /// generated different ones.
    std::vector<digest> digests;
    /// The file beside that holds what could not be merged ("src/a.cpp.new"); empty: no conflict is open. What was
    /// written there is also among the bases, as `waiting_name`. The conflict is resolved once the file beside is gone.
    std::string conflict;

    bool operator==(const manifest_entry&) const = default;
};

inline constexpr int manifest_format_version = 3;
/// Without vendored files: all that a Tenon before generated has a base. Read as well.
inline constexpr int former_manifest_format_version = 2;

struct manifest {
    std::string generator_version;  ///< The newest Tenon that wrote to the project.
    std::map<std::string, manifest_entry> files;
};

inline constexpr std::string_view manifest_path = ".tenon/manifest.json";
inline constexpr std::string_view plan_path = ".tenon/plan.json";
/// Its base is the spec of the last generation, which tells what has another name since then.
inline constexpr std::string_view spec_path = "spec.yaml";
inline constexpr std::string_view conflicts_path = ".tenon/conflicts.json";
/// Where a Tenon before left these two. What is there is taken for theirs only if it can be read as such.
inline constexpr std::string_view former_plan_path = "plan.json";
inline constexpr std::string_view former_conflicts_path = "conflicts.json";
/// Everything that is of this working tree alone; it ignores itself in git.
inline constexpr std::string_view local_directory = ".tenon/local/";
inline constexpr std::string_view local_ignore_path = ".tenon/local/.gitignore";
inline constexpr std::string_view local_ignore_text = "*\n";
inline constexpr std::string_view stage_directory = ".tenon/local/stage/";
inline constexpr std::string_view undo_directory = ".tenon/local/undo/";
inline constexpr std::string_view undo_record_path = ".tenon/local/undo/record.json";
/// Holds the digest of the plan.json that was applied and has nothing left to apply.
inline constexpr std::string_view applied_path = ".tenon/local/applied";

/// Whether the last generated content is among the bases: only where it may have to be merged one day.
inline bool keeps_base(owner_class owner) {
    return owner == owner_class::generated;
}
/// Whether the manifest knows the file by its digest.
inline bool keeps_digests(owner_class owner) {
    return owner == owner_class::vendored || owner == owner_class::frozen;
}
/// Whether what is written beside the file is among the bases.
inline bool keeps_waiting(owner_class owner) {
    return owner == owner_class::generated || owner == owner_class::vendored;
}

/// Whether a version ("0.10.2") is later than another.
bool is_newer_version(std::string_view version, std::string_view other);

/// Sorted, one entry a line.
std::string write_manifest(const manifest& m);
/// Distrusts what it reads as `read_plan` does, but takes what a union merge leaves: entries in any order, and several
/// of one path. These become one: frozen wins over seeded over vendored over generated, a tombstone over none, an open
/// conflict over none (it is closed anyway when nothing waits for it), the executable bit over none, and all digests
/// stay.
outcome<manifest> read_manifest(std::string_view text);

}  // namespace tenon::gen
