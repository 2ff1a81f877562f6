// .tenon/manifest.json: what Tenon wrote last, file by file; the memory that regeneration works from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "generator/render/tree.hpp"
#include "generator/support/failure.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

/// A conflict not resolved yet: the new content waits beside the file. Once `path` is gone, it is resolved, and
/// `content` is what the file was merged with: the base from then on.
struct open_conflict {
    std::string path;  ///< The file beside, "src/a.cpp.new".
    digest content;    ///< What was written there.
};

struct manifest_entry {
    owner_class owner = owner_class::generated;
    digest base = absent;  ///< As last generated; `absent` for a file the user had before Tenon came.
    bool executable = false;
    bool deleted = false;  ///< A tombstone: the user deleted it, and it stays deleted.
    std::optional<open_conflict> conflict;
};

inline constexpr int manifest_format_version = 1;

struct manifest {
    std::string generator_version;
    digest spec = absent;
    digest plan = absent;  ///< Of the plan.json that led here and has nothing left to apply.
    std::map<std::string, manifest_entry> files;
};

/// Where things are in a project.
inline constexpr std::string_view manifest_path = ".tenon/manifest.json";
inline constexpr std::string_view plan_path = "plan.json";
inline constexpr std::string_view conflicts_path = "conflicts.json";
inline constexpr std::string_view base_directory = ".tenon/base/";
inline constexpr std::string_view stage_directory = ".tenon/stage/";
inline constexpr std::string_view saved_schema_path = ".tenon/schema.json";

/// Whether the last generated content is kept under `base_directory`: only where it may have to be merged one day.
inline bool keeps_base(owner_class owner) {
    return owner == owner_class::generated;
}

std::string write_manifest(const manifest& m);
/// Distrusts what it reads as `read_plan` does.
outcome<manifest> read_manifest(std::string_view text);

}  // namespace tenon::gen
