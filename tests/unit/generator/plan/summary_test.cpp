// What the screen says of a plan: what a person has to look at stands first and is never cut.
#include "generator/plan/summary.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

plan_entry entry_of(const std::string& path, plan_action action, plan_reason reason) {
    plan_entry e;
    e.path = path;
    e.action = action;
    e.reason = reason;
    return e;
}

std::string screen(const std::vector<plan_entry>& entries) {
    return summarize(entries, painter(false), 5);
}

TEST(summary, what_is_lost_or_disputed_stands_before_what_comes) {
    const std::vector<plan_entry> entries{
        entry_of("a_created", create, new_file),         entry_of("b_updated", update, generated_changed),
        entry_of("c_orphan", orphan, edited_by_user),    entry_of("d_removed", remove, no_longer_generated),
        entry_of("e_merged", merge, both_merged),        entry_of("f_open", keep, conflict_open),
        entry_of("g_disputed_move", move, both_changed), entry_of("h_conflict", conflict, both_changed),
        entry_of("i_error", error, not_a_file)};
    const std::string text = screen(entries);
    std::size_t last = 0;
    for (const char* path : {"i_error", "f_open", "g_disputed_move", "h_conflict", "e_merged", "d_removed", "c_orphan",
                             "and 2 more", "1 in error, 3 in conflict, 1 to merge"}) {
        const std::size_t at = text.find(path);
        ASSERT_NE(at, std::string::npos) << path << " is not in:\n" << text;
        EXPECT_GT(at, last) << path << " is too early in:\n" << text;
        last = at;
    }
}

TEST(summary, nothing_that_changes_what_is_the_users_is_cut) {
    for (const auto& [action, reason] :
         {std::pair(error, not_a_file), std::pair(conflict, both_changed), std::pair(move, both_changed),
          std::pair(merge, both_merged), std::pair(remove, no_longer_generated), std::pair(orphan, edited_by_user)}) {
        std::vector<plan_entry> entries;
        for (int i = 0; i < 50; ++i) entries.push_back(entry_of("new" + std::to_string(i), create, new_file));
        for (int i = 0; i < 50; ++i) entries.push_back(entry_of("theirs" + std::to_string(i), action, reason));
        const std::string text = screen(entries);
        for (int i = 0; i < 50; ++i) {
            EXPECT_NE(text.find("theirs" + std::to_string(i)), std::string::npos) << to_string(action);
        }
        EXPECT_NE(text.find("and 50 more"), std::string::npos) << text;
    }
}

TEST(summary, a_move_into_a_conflict_is_counted_as_a_conflict) {
    const std::vector<plan_entry> entries{entry_of("a", move, both_changed), entry_of("b", move, renamed)};
    EXPECT_EQ(totals(entries), "1 in conflict, 1 to move");
    EXPECT_EQ(applied_totals(entries), "1 in conflict, 1 moved");
}

}  // namespace
}  // namespace tenon::gen
