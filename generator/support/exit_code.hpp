// How `tenon` and `apply-plan` end; documented in docs/plan-format.md, so that CI can tell the cases apart.
#pragma once

namespace tenon::gen {

enum class exit_code : int {
    clean = 0,      ///< Nothing to do, or done.
    failed = 1,     ///< An error: the spec, the command line, the disk.
    pending = 2,    ///< Changes are planned and not applied.
    conflicts = 3,  ///< Something is left for a person to decide: a `.new` file, an edited migration.
    stale = 4,      ///< The project changed after the plan was made; nothing was written.
    gated = 5,      ///< `--fail-on` objects to something in the plan; nothing was applied.
};

}  // namespace tenon::gen
