// The model's migrations: what a project's database has to become, as files of the project.
#pragma once

#include <set>
#include <string>
#include <tenon/core/result.hpp>
#include <vector>

#include "generator/migrate/change_list.hpp"
#include "generator/migrate/history.hpp"
#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"
#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

struct migrate_options {
    meant_losses allowed{};  ///< To be emitted although they lose data.
};

struct migration_files {
    /// Four SQL files and the record of each new migration, all frozen. Empty when nothing changed.
    tree files;
    /// The new migrations, "0002_add_tasks_priority" and perhaps "0003_add_tasks_priority_online".
    std::vector<std::string> names;
    std::vector<schema_change> changes;  ///< What they do. Empty for the first migration of a project.
    std::set<std::string> replaced;      ///< Paths of frozen files that are to go.
    std::vector<std::string> kept;       ///< Tables of features that the product no longer has; see make_schema.hpp.
};

/// The migrations that lead from the history to the model. Diagnostics are about the spec; they refuse what cannot be
/// done, and what loses data without being allowed. docs/migrations.md has the table of all changes.
result<migration_files, diagnostics> migrate(const model& product, const migration_history& history = {},
                                             const migrate_options& options = {});

}  // namespace tenon::gen
