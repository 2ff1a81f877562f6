// What the commands say, and where: results on standard output, everything else on standard error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/plan/plan.hpp"
#include "generator/read/spec.hpp"
#include "generator/support/diagnostics.hpp"
#include "generator/support/exit_code.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

class console {
  public:
    explicit console(diagnostic_format format) : format_(format) {}

    /// Mistakes in a spec.
    exit_code report(const diagnostics& found, const source_text& source) const;
    /// What is right in a spec, and perhaps not meant: beside whatever else the command says.
    void warn(const diagnostics& found, const source_text& source) const;
    /// That a spec has no mistakes.
    exit_code say_valid(const spec& checked, const source_text& source) const;
    /// Anything else that went wrong.
    exit_code report(const failure& why) const;
    exit_code report(const failure& why, exit_code code) const;
    /// A line for a person; nothing when programs read the output.
    void say(std::string_view line) const;
    /// What programs read: the first with --format json, the second with github.
    void tell_programs(std::string_view json, std::string_view annotations) const;
    /// A note about long work, only on a terminal; the next note replaces it, an empty one clears it.
    void progress(std::string_view note) const;
    /// The end of a generate: the report for programs, and what --fail-on objects to. `otherwise` when it does not.
    exit_code conclude(const plan& p, const std::string& directory, const std::vector<std::string>& caught,
                       exit_code otherwise) const;
    /// What a plan means, and what it would do.
    void show(const plan& p) const;

  private:
    diagnostic_format format_;
};

}  // namespace tenon::gen
