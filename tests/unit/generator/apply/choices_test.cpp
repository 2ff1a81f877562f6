// What the caller may decide: conflicts by policy, deleted files wanted back, migrations emitted anew.
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

class choices_test : public project_test {
  protected:
    const tree next = tree_of({{"a.cpp", "1\ntwo\n3\n4\n5\n6\nseven\n"}});
    const std::string mine = "1\nzwei\n3\n4\nmine\n6\n7\n";

    void SetUp() override {
        create(tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}}));
        disk.put("a.cpp", mine);
    }

    static plan_wishes on_conflict(conflict_policy policy) {
        plan_wishes wishes;
        wishes.on_conflict = policy;
        return wishes;
    }
};

TEST_F(choices_test, mine_keeps_the_users_lines_only_where_both_changed) {
    const plan p = must_regenerate(next, on_conflict(conflict_policy::mine));
    EXPECT_EQ(fate(p, "a.cpp"), "merge mine_chosen");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "1\nzwei\n3\n4\nmine\n6\nseven\n");
    EXPECT_EQ(disk.content("a.cpp.new"), "(absent)");
    EXPECT_FALSE(has_pending(must_regenerate(next)));
    expect_tidy();
}

TEST_F(choices_test, theirs_takes_the_generated_lines_only_where_both_changed) {
    EXPECT_EQ(fate(must_regenerate(next, on_conflict(conflict_policy::theirs)), "a.cpp"), "merge theirs_chosen");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "1\ntwo\n3\n4\nmine\n6\nseven\n");
    EXPECT_FALSE(has_pending(must_regenerate(next)));
}

TEST_F(choices_test, abort_plans_nothing_and_names_the_files) {
    const auto before = disk.nodes;
    auto p = regenerate(next, disk, on_conflict(conflict_policy::abort));
    ASSERT_FALSE(p);
    EXPECT_NE(p.error().message.find("a.cpp"), std::string::npos);
    EXPECT_TRUE(disk.nodes == before);
    EXPECT_TRUE(
        regenerate(tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\nseven\n"}}), disk, on_conflict(conflict_policy::abort)));
}

TEST_F(choices_test, a_conflict_that_is_open_can_still_be_decided) {
    must_regenerate(next);
    must_apply();
    EXPECT_NE(disk.content("a.cpp.new"), "(absent)");
    must_regenerate(next, on_conflict(conflict_policy::theirs));
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "1\ntwo\n3\n4\nmine\n6\nseven\n");
    EXPECT_EQ(disk.content("a.cpp.new"), "(absent)");
    expect_tidy();
}

TEST_F(choices_test, an_unowned_file_can_be_adopted_or_replaced) {
    const tree more = tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}, {"b.cpp", "generated"}});
    disk.put("b.cpp", "the user's");
    const memory_filesystem before = disk;
    EXPECT_EQ(fate(must_regenerate(more, on_conflict(conflict_policy::mine)), "b.cpp"), "keep mine_chosen");
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "the user's");
    EXPECT_EQ(fate(must_regenerate(more), "b.cpp"), "keep edited_by_user");
    disk = before;
    must_regenerate(more, on_conflict(conflict_policy::theirs));
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "generated");
    EXPECT_EQ(fate(must_regenerate(more), "b.cpp"), "unchanged same_content");
}

TEST_F(choices_test, deleted_files_come_back_when_asked_for) {
    tree t = tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}, {"b.cpp", "b"}, {"hooks.cpp", "h"}});
    t.files["hooks.cpp"].owner = owner_class::seeded;
    must_regenerate(t);
    must_apply();
    disk.nodes.erase("b.cpp");
    disk.nodes.erase("hooks.cpp");
    t.files["b.cpp"].content = "b2";
    t.files["new.cpp"].content = "n";
    must_regenerate(t);
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "(absent)");
    plan_wishes wishes;
    wishes.restore = {"b.cpp", "hooks.cpp"};
    const plan p = must_regenerate(t, wishes);
    EXPECT_EQ(fate(p, "b.cpp"), "create restored");
    EXPECT_EQ(fate(p, "hooks.cpp"), "create restored");
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2");
    EXPECT_EQ(disk.content("hooks.cpp"), "h");
    EXPECT_FALSE(has_pending(must_regenerate(t)));
    expect_tidy();
}

TEST_F(choices_test, what_was_not_deleted_cannot_be_restored) {
    plan_wishes wishes;
    for (const char* path : {"a.cpp", "nowhere.cpp"}) {
        wishes.restore = {path};
        auto p = regenerate(next, disk, wishes);
        ASSERT_FALSE(p) << path;
        EXPECT_NE(p.error().message.find(path), std::string::npos);
    }
}

TEST_F(choices_test, a_migration_not_released_yet_makes_room_unless_it_was_edited) {
    tree t = tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}, {"migrations/0002_x.sql", "x"}});
    t.files["migrations/0002_x.sql"].owner = owner_class::frozen;
    must_regenerate(t);
    must_apply();
    tree other = tree_of({{"a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}, {"migrations/0003_x.sql", "x"}});
    other.files["migrations/0003_x.sql"].owner = owner_class::frozen;
    plan_wishes wishes;
    wishes.replaced = {"migrations/0002_x.sql"};
    EXPECT_EQ(fate(must_regenerate(other, wishes), "migrations/0002_x.sql"), "delete migration_replaced");
    const memory_filesystem planned = disk;
    must_apply();
    EXPECT_EQ(disk.content("migrations/0002_x.sql"), "(absent)");
    EXPECT_EQ(disk.content("migrations/0003_x.sql"), "x");
    EXPECT_FALSE(has_pending(must_regenerate(other)));
    disk = planned;
    disk.put("migrations/0002_x.sql", "edited");
    EXPECT_EQ(fate(must_regenerate(other, wishes), "migrations/0002_x.sql"), "error frozen_edited");
}

}  // namespace
}  // namespace tenon::gen
