// Running a program with a fault in one of its writing calls.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace tenon::gen {

/// How a program ended: its exit code, or minus the signal that killed it.
using ending = int;

class program_run {
  public:
    /// Starts `arguments[0]`; `fault` is what fault_shim.cpp says, or empty. Output goes nowhere.
    program_run(const std::vector<std::string>& arguments, const std::string& fault);
    ending wait();
    /// Returns when it has stopped itself: true. False when it ended instead; `wait` tells how.
    bool wait_until_stopped();
    void go_on() const;

  private:
    pid_t id_ = -1;
    int status_ = 0;
    bool ended_ = false;
};

ending run(const std::vector<std::string>& arguments, const std::string& fault = {});

/// How many writing calls a run makes. Runs it, with all its effects.
long count_calls(const std::vector<std::string>& arguments);

/// Whether everything is to be tried, however long it takes (tools/soak), instead of what fits into a minute.
bool is_soak();

}  // namespace tenon::gen
