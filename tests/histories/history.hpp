// One random history, and what must hold at each of its steps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tenon::gen {

struct history_report {
    std::string broken;              ///< What did not hold; empty: all is well.
    std::vector<std::string> steps;  ///< What happened, for people.
    int applied = 0;
    int refused = 0;  ///< Evolutions that Tenon will not do.
    int merges = 0;
    int conflicts = 0;
    int moves = 0;
};

history_report run_history(std::uint64_t seed);
/// One in which names change and entities go while users write code about them: it never comes to a conflict, and what
/// it ends with compiles.
history_report run_compiled_history(std::uint64_t seed);

}  // namespace tenon::gen
