// What a planned change means, added to its plan.
#pragma once

#include "generator/cli/target.hpp"
#include "generator/impact/spec_places.hpp"
#include "generator/migrate/migrate.hpp"

namespace tenon::gen {

/// `schema`: the new migrations. Nothing for a project that is new; of a plan with nothing to do only what is
/// still wrong with code of the user's own.
outcome<void> add_impacts(plan& p, const target& project, const tree& files, const model& product,
                          const migration_files& schema, const spec_places& places);

}  // namespace tenon::gen
