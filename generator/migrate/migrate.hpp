// The model's migrations: what a project's database has to become, as files of the project.
#pragma once

#include <optional>
#include <string>
#include <tenon/core/result.hpp>
#include <vector>

#include "generator/migrate/schema.hpp"
#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"
#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

/// What is there of an existing project; nothing for a new one.
struct migration_state {
    std::optional<schema> leads_to;  ///< .tenon/schema.json: what the migrations so far lead to.
    std::vector<std::string> names;  ///< The migrations so far, "0001_initial", in any order.
};

struct migration_files {
    tree files;        ///< .tenon/schema.json always; four SQL files when there is a new migration.
    std::string name;  ///< The new migration, "0002_add_tasks_priority"; empty: nothing changed.
};

inline constexpr const char* schema_path = ".tenon/schema.json";

/// migrations/{sqlite,postgres}/NNNN_slug.{up,down}.sql (frozen) and the schema they lead to. Diagnostics are about the
/// spec, and refuse what would take something away; see compare_schemas.
result<migration_files, diagnostics> migrate(const model& product, const migration_state& existing = {});

}  // namespace tenon::gen
