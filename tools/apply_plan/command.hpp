// What apply-plan does once its command line is understood.
#pragma once

#include <string>
#include <vector>

#include "generator/support/exit_code.hpp"

namespace tenon::gen {

struct apply_plan_options {
    std::string directory;
    bool apply = false;
    bool diff = false;
    bool json = false;
    bool check = false;
    bool undo = false;
    std::vector<std::string> only;     ///< Globs; empty: everything.
    std::vector<std::string> fail_on;  ///< Words of `gate_words()`: such changes are not applied.
};

/// Reports on standard output, failures on standard error.
exit_code run_apply_plan(const apply_plan_options& options);

}  // namespace tenon::gen
