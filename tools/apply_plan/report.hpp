// The reports of apply-plan: text for people, JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "generator/apply/status.hpp"
#include "generator/apply/undo.hpp"

namespace tenon::gen {

/// What there is to say. `entries` are those that `--only` selects; after `--apply`, those that were applied.
struct apply_plan_report {
    apply_plan_options options;
    project_status status;
    recovery_report recovered;
    std::vector<plan_entry> entries;
    bool wrote = false;  ///< `entries` and `saved` are of an apply, which came to its end.
    left_alone saved;    ///< By somebody, while the plan was applied.
    std::string diff;
    std::vector<std::string> caught;  ///< What --fail-on objects to.
    undo_report undo;
};

std::string text_report(const apply_plan_report& report);
std::string json_report(const apply_plan_report& report);
std::string text_failure(const failure& why);

}  // namespace tenon::gen
