// Renames one after the other that come to all of them at once.
#include "generator/migrate/rename_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace tenon::gen {
namespace {

/// Random permutations of some of the names, with names that are free among their targets.
TEST(RenameOrder, TakesNoNameTwiceAndMovesEachToItsOwn) {
    std::mt19937 random(20'261'129);
    for (int round = 0; round < 2000; ++round) {
        const std::size_t count = 1 + random() % 7;
        std::vector<std::string> names;
        for (std::size_t i = 0; i < count + random() % 3; ++i) names.push_back("t" + std::to_string(i));
        std::vector<std::string> targets = names;
        std::shuffle(targets.begin(), targets.end(), random);
        std::vector<renaming> wanted;
        std::map<std::string, std::size_t> there;  // name → who bears it
        for (std::size_t i = 0; i < count; ++i) {
            wanted.push_back({names[i], targets[i]});
            there[names[i]] = i;
        }
        const std::vector<rename_step> steps = in_order(wanted);
        for (const rename_step& step : steps) {
            ASSERT_TRUE(there.contains(step.from)) << step.from;
            ASSERT_FALSE(there.contains(step.to)) << step.to;
            EXPECT_EQ(there.at(step.from), step.of);
            there[step.to] = there.at(step.from);
            there.erase(step.from);
        }
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_TRUE(there.contains(targets[i]));
            EXPECT_EQ(there.at(targets[i]), i);
        }
        EXPECT_LE(steps.size(), count + count / 2) << "one more for each circle";
    }
}

}  // namespace
}  // namespace tenon::gen
