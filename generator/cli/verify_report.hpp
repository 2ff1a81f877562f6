// What `tenon verify` found, for programs and for CI.
#pragma once

#include <string>
#include <vector>

#include "generator/plan/plan.hpp"
#include "generator/support/exit_code.hpp"

namespace tenon::gen {

/// One JSON document: the status, its exit code, every file that is not as it should be, and the files that wait.
std::string verify_json(exit_code code, const plan& p, const std::vector<std::string>& waiting);

/// GitHub's annotations, one for each such file; at most 50, the rest is counted.
std::string verify_annotations(const plan& p, const std::vector<std::string>& waiting);

}  // namespace tenon::gen
