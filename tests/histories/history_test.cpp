// Histories from a fixed seed, 2,000 when run by hand; TENON_HISTORY_SEED and TENON_HISTORY_COUNT choose others.
#include <gtest/gtest.h>

#include <cstdlib>

#include "history.hpp"

namespace tenon::gen {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t fallback) {
    const char* text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

TEST(random_histories, lose_nothing_and_settle) {
    const std::uint64_t first = number_from("TENON_HISTORY_SEED", 1);
    const std::uint64_t count = number_from("TENON_HISTORY_COUNT", 2000);
    history_report sum;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const history_report one = run_history(seed);
        sum.applied += one.applied;
        sum.refused += one.refused;
        sum.merges += one.merges;
        sum.conflicts += one.conflicts;
        sum.moves += one.moves;
        if (one.broken.empty()) continue;
        std::string told;
        for (const std::string& step : one.steps) told += "\n  " + step;
        FAIL() << one.broken << "\nTENON_HISTORY_SEED=" << seed << " TENON_HISTORY_COUNT=1" << told;
    }
    RecordProperty("applied", sum.applied);
    RecordProperty("merges", sum.merges);
    std::cout << sum.applied << " applied, " << sum.refused << " refused, " << sum.merges
              << " merges and conflicts compared with git's, " << sum.conflicts << " conflicts, " << sum.moves
              << " moves\n";
    if (count < 500) return;
    EXPECT_GT(sum.applied, static_cast<int>(count));
    EXPECT_LT(sum.refused, static_cast<int>(count));
    EXPECT_GT(sum.merges, 100);
    EXPECT_GT(sum.conflicts, 100);
}

}  // namespace
}  // namespace tenon::gen
