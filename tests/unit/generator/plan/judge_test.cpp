// The table of what becomes of a file, row by row.
#include "generator/plan/judge.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

struct row {
    const char* name;
    owner_class owner;
    digest base, mine, theirs;
    verdict expected;
};

class judge_table : public testing::TestWithParam<row> {};

TEST_P(judge_table, gives_the_verdict_of_its_row) {
    const row& r = GetParam();
    EXPECT_EQ(judge({r.owner, r.base, r.mine, r.theirs, false, false, false}), r.expected);
}

using enum plan_action;
using enum plan_reason;
using enum owner_class;

INSTANTIATE_TEST_SUITE_P(
    rows, judge_table,
    testing::Values(row{"create", generated, absent, absent, "n", {create, new_file}},
                    row{"unchanged", generated, "a", "a", "a", {unchanged, same_content}},
                    row{"caught_up", generated, "a", "n", "n", {unchanged, caught_up}},
                    row{"found_equal", generated, absent, "n", "n", {unchanged, caught_up}},
                    row{"update", generated, "a", "a", "n", {update, generated_changed}},
                    row{"keep", generated, "a", "m", "a", {keep, edited_by_user}},
                    row{"conflict", generated, "a", "m", "n", {conflict, both_changed}},
                    row{"unowned", generated, absent, "m", "n", {conflict, unowned}},
                    row{"deleted", generated, "a", absent, "a", {respect, deleted_by_user}},
                    row{"deleted_and_new", generated, "a", absent, "n", {respect, deleted_by_user}},
                    row{"gone", generated, "a", "a", absent, {remove, no_longer_generated}},
                    row{"gone_edited", generated, "a", "m", absent, {orphan, edited_by_user}},
                    row{"gone_both", generated, "a", absent, absent, {respect, deleted_by_user}},
                    row{"seed", seeded, absent, absent, "n", {create, new_file}},
                    row{"seed_there", seeded, absent, "m", "n", {keep, seeded_once}},
                    row{"seed_edited", seeded, "a", "m", "n", {keep, seeded_once}},
                    row{"seed_deleted", seeded, "a", absent, "n", {respect, deleted_by_user}},
                    row{"seed_gone", seeded, "a", "a", absent, {orphan, seeded_once}},
                    row{"frozen_new", frozen, absent, absent, "n", {create, new_file}},
                    row{"frozen_same", frozen, "a", "a", "a", {unchanged, same_content}},
                    row{"frozen_gone", frozen, "a", "a", absent, {keep, frozen_once}},
                    row{"frozen_edit", frozen, "a", "m", "a", {error, frozen_edited}},
                    row{"frozen_lost", frozen, "a", absent, "a", {error, frozen_missing}},
                    row{"frozen_other", frozen, "a", "a", "n", {error, frozen_rewritten}},
                    row{"frozen_taken", frozen, absent, "m", "n", {error, frozen_edited}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(judge_mode, follows_the_generator_only_where_the_user_did_not_change_it) {
    three_sides sides{generated, "a", "a", "a", false, false, true};
    EXPECT_EQ(judge(sides), (verdict{update, mode_changed}));
    sides.mine_executable = true;
    EXPECT_EQ(judge(sides), (verdict{unchanged, same_content}));
    sides = {generated, "a", "a", "a", false, true, false};
    EXPECT_EQ(judge(sides), (verdict{unchanged, same_content}));
}

}  // namespace
}  // namespace tenon::gen
