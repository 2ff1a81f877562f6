// What a plan comes to, for programs and for CI: reports of generate and verify.
#pragma once

#include <string>
#include <vector>

#include "generator/plan/plan.hpp"
#include "generator/support/exit_code.hpp"

namespace tenon::gen {

/// One JSON document: the status, its exit code, every file that is not as it should be, and the files that wait.
std::string verify_json(exit_code code, const plan& p, const std::vector<std::string>& waiting);

/// One JSON document: the status, and what the plan means and would do, or has done. `caught`: what --fail-on objects
/// to.
std::string generate_json(exit_code code, const plan& p, const std::string& directory,
                          const std::vector<std::string>& caught);

/// GitHub's annotations, one for each such file; at most 50, the rest is counted.
std::string verify_annotations(const plan& p, const std::vector<std::string>& waiting);

}  // namespace tenon::gen
