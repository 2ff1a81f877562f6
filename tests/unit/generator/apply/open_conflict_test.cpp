// Conflicts that stay open for a while, with the user at work on either file.
#include "generator/apply/journal.hpp"
#include "generator/settle/by_hand.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

class open_conflict_test : public project_test {
  protected:
    void SetUp() override {
        create(tree_of({{"a.cpp", "one\n"}, {"b.cpp", "b1\n"}}));
        disk.put("a.cpp", "mine\n");
        must_regenerate(tree_of({{"a.cpp", "two\n"}, {"b.cpp", "b1\n"}}));
        must_apply();
        ASSERT_EQ(disk.content("a.cpp.new"), "two\n");
    }
    const tree third = tree_of({{"a.cpp", "two\n"}, {"b.cpp", "b2\n"}});
};

// Found by the random histories: applying asked for the content of a file that is not there.
TEST_F(open_conflict_test, the_rest_applies_beside_a_deleted_file_whose_new_one_was_edited) {
    disk.put("a.cpp.new", "two, edited\n");
    disk.nodes.erase("a.cpp");
    must_regenerate(third);
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2\n");
    EXPECT_EQ(disk.content("a.cpp"), "(absent)");
    EXPECT_EQ(disk.content("a.cpp.new"), "two, edited\n");
    EXPECT_FALSE(has_pending(must_regenerate(third)));
}

TEST_F(open_conflict_test, the_rest_applies_beside_a_deleted_file_whose_new_one_was_not) {
    disk.nodes.erase("a.cpp");
    must_regenerate(third);
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2\n");
    EXPECT_EQ(disk.content("a.cpp"), "(absent)");
    EXPECT_FALSE(has_pending(must_regenerate(third)));
}

TEST_F(open_conflict_test, what_was_settled_by_hand_is_recorded_once) {
    disk.nodes.erase("a.cpp.new");
    const auto locked = lock_to_record(disk);
    ASSERT_TRUE(locked && *locked);
    EXPECT_FALSE(disk.lock()) << "nobody else writes meanwhile";
    const auto recorded = record_by_hand(disk);
    ASSERT_TRUE(recorded) << recorded.error().message;
    EXPECT_EQ(*recorded, std::vector<std::string>{"a.cpp"});
    EXPECT_EQ(disk.content("a.cpp"), "mine\n");
    disk.unlock();
    const auto again = lock_to_record(disk);
    EXPECT_TRUE(again && !*again);
    EXPECT_TRUE(disk.lock()) << "nothing was to be recorded";
}

TEST_F(open_conflict_test, nothing_is_recorded_over_a_run_that_was_killed_just_now) {
    disk.nodes.erase("a.cpp.new");
    disk.calls = 0;
    bool killed = false;
    disk.before_call = [&](int, const std::string&) {
        if (!killed) disk.put(journal_prepared_path, "half of it");
        killed = true;
    };
    const auto locked = lock_to_record(disk);
    ASSERT_TRUE(killed);
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().kind, failure_kind::interrupted);
    EXPECT_TRUE(disk.lock()) << "it is left unlocked";
}

}  // namespace
}  // namespace tenon::gen
