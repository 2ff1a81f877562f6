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

std::string told(const history_report& one, std::uint64_t seed) {
    std::string text = one.broken + "\nTENON_HISTORY_SEED=" + std::to_string(seed) + " TENON_HISTORY_COUNT=1";
    for (const std::string& step : one.steps) text += "\n  " + step;
    return text;
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
        FAIL() << told(one, seed);
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
    EXPECT_GT(sum.conflicts, 50);
}

TEST(random_histories, end_with_what_compiles) {
    const std::uint64_t first = number_from("TENON_HISTORY_SEED", 1);
    const std::uint64_t count = number_from("TENON_COMPILED_COUNT", 1);
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const history_report one = run_compiled_history(seed);
        ASSERT_TRUE(one.broken.empty()) << told(one, seed);
        EXPECT_GT(one.applied, 1) << told(one, seed);
    }
}

}  // namespace
}  // namespace tenon::gen
