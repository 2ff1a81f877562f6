// Taking back the last apply: bytes, modes, plan and records.
#include "generator/apply/undo.hpp"

#include "generator/apply/journal.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

class undo_test : public project_test {
  protected:
    const tree first =
        tree_of({{"a.cpp", "a1"}, {"edited.cpp", "e1\n2\n3\n4\n5\n"}, {"old/c.cpp", "c1"}, {"tool", "t1"}});
    tree second =
        tree_of({{"a.cpp", "a2"}, {"edited.cpp", "e1\n2\n3\n4\nfive\n"}, {"new/d.cpp", "d1"}, {"tool", "t1"}});

    void SetUp() override {
        second.files["tool"].executable = true;
        create(first);
        disk.put("edited.cpp", "mine\n2\n3\n4\n5\n", 0600);
        disk.put("a.cpp", "a1", 0640);
        must_regenerate(second);
    }

    /// Everything but what is kept for undo itself.
    std::map<std::string, memory_node> nodes() const {
        std::map<std::string, memory_node> all;
        for (const auto& [path, node] : disk.nodes) {
            if (!path.starts_with(".tenon/local/undo")) all.emplace(path, node);
        }
        return all;
    }

    undo_report must_undo() {
        auto done = undo_last_apply(disk);
        EXPECT_TRUE(done) << done.error().message;
        return done ? *done : undo_report{};
    }
};

TEST_F(undo_test, brings_back_every_byte_and_mode_and_the_plan) {
    const auto before = nodes();
    must_apply();
    EXPECT_EQ(disk.content("edited.cpp"), "mine\n2\n3\n4\nfive\n");
    const undo_report report = must_undo();
    EXPECT_TRUE(report.changed.empty());
    EXPECT_EQ(report.undone.size(), 5u);
    EXPECT_TRUE(nodes() == before);
    EXPECT_FALSE(disk.nodes.contains(undo_record_path));
    const auto again = disk.nodes;
    must_apply();
    must_undo();
    EXPECT_TRUE(disk.nodes == again);
}

TEST_F(undo_test, only_the_last_part_of_a_plan_goes_back) {
    must_apply({"a.cpp"});
    const auto between = nodes();
    must_apply();
    must_undo();
    EXPECT_TRUE(nodes() == between);
    auto twice = undo_last_apply(disk);
    ASSERT_FALSE(twice);
    EXPECT_NE(twice.error().message.find("nothing to undo"), std::string::npos);
}

TEST_F(undo_test, refuses_when_a_file_was_edited_since_and_names_it) {
    must_apply();
    disk.put("a.cpp", "a2 and more");
    disk.put("old/c.cpp", "written anew");
    const auto before = disk.nodes;
    const undo_report report = must_undo();
    EXPECT_EQ(report.changed, (std::vector<std::string>{"a.cpp", "old/c.cpp"}));
    EXPECT_TRUE(disk.nodes == before);
    disk.put("a.cpp", "a2", 0640);
    disk.nodes.erase("old/c.cpp");
    disk.nodes.find("edited.cpp")->second.permissions = 0644;
    EXPECT_EQ(must_undo().changed, std::vector<std::string>{"edited.cpp"});
}

TEST_F(undo_test, a_plan_made_since_gives_way_to_the_one_that_is_open_again) {
    const auto before = nodes();
    must_apply();
    must_regenerate(first);
    must_undo();
    EXPECT_TRUE(nodes() == before);
}

TEST_F(undo_test, files_go_back_even_when_the_plan_cannot) {
    const auto before = disk.nodes;
    must_apply({"a.cpp"});
    must_regenerate(first);
    EXPECT_TRUE(must_undo().changed.empty());
    for (const auto& [path, node] : before) {
        if (!is_users_file(path)) continue;
        EXPECT_TRUE(disk.nodes.at(path) == node) << path;
    }
    EXPECT_FALSE(apply_saved(disk)) << "the newer plan is stale";
    must_regenerate(second);
    must_apply();
    expect_tidy();
}

TEST_F(undo_test, takes_back_a_conflict_with_the_file_beside) {
    disk.put("a.cpp", "mine", 0640);
    must_regenerate(second);
    const auto before = nodes();
    must_apply();
    EXPECT_EQ(disk.content("a.cpp.new"), "a2");
    must_undo();
    EXPECT_TRUE(nodes() == before);
}

TEST_F(undo_test, is_all_or_nothing_whichever_call_fails) {
    const auto before = nodes();
    must_apply();
    const memory_filesystem applied = disk;
    for (const bool for_good : {false, true}) {
        for (int nth = 1;; ++nth) {
            disk = applied;
            disk.calls = 0;
            disk.fail_at = nth;
            disk.fail_for_good = for_good;
            (void)undo_last_apply(disk);
            const bool reached = disk.calls >= nth;
            disk.fail_at = 0;
            if (!reached) break;
            ASSERT_TRUE(recover(disk));
            const bool still_applied = disk.nodes == applied.nodes;
            ASSERT_TRUE(still_applied || nodes() == before) << "call " << nth;
        }
    }
}

TEST_F(undo_test, a_hostile_record_cannot_reach_outside) {
    must_apply();
    for (const char* path : {"../victim", "/etc/x", ".git/config", ".tenon/other"}) {
        disk.put(undo_record_path, write_undo_record({{{path, absent, absent, 0, 0}}}));
        EXPECT_FALSE(undo_last_apply(disk)) << path;
    }
    disk.put(undo_record_path, "{");
    EXPECT_FALSE(undo_last_apply(disk));
}

}  // namespace
}  // namespace tenon::gen
