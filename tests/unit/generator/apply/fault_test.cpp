// Every call to the file system fails in turn, once or for good; afterwards the project is the whole old or new one.
#include "project_fixture.hpp"

#include "generator/apply/journal.hpp"

namespace tenon::gen {
namespace {

class fault_test : public project_test {
  protected:
    const tree first = tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}, {"old/c.cpp", "c1"}, {"e.cpp", "e1"}});
    tree second = tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}, {"new/d.cpp", "d1"}, {"e.cpp", "e1"}});

    void SetUp() override {
        second.files["e.cpp"].executable = true;
        create(first);
        disk.put("b.cpp", "edited");
    }

    void expect_tidy_after_apply() {
        must_apply();
        expect_tidy();
    }

    /// What a user cares about: the files outside Tenon's own records.
    static std::map<std::string, std::string> users_files(const memory_filesystem& fs) {
        std::map<std::string, std::string> all;
        for (const auto& [path, content] : fs.files()) {
            if (is_users_file(path)) all.emplace(path, content);
        }
        return all;
    }
};

TEST_F(fault_test, applying_is_all_or_nothing_whichever_call_fails) {
    must_regenerate(second);
    const memory_filesystem planned = disk;
    must_apply();
    const auto after = disk.files();
    const auto before = users_files(planned);
    for (const bool for_good : {false, true}) {
        int failed_calls = 0;
        for (int nth = 1;; ++nth) {
            disk = planned;
            disk.calls = 0;
            disk.fail_at = nth;
            disk.fail_for_good = for_good;
            const auto done = apply_saved(disk);
            const bool reached = disk.calls >= nth;
            disk.fail_at = 0;
            if (!reached) break;
            failed_calls += done ? 0 : 1;
            // The next run, whatever it was going to do, first recovers; then the plan either holds or is done.
            auto recovered = recover(disk);
            ASSERT_TRUE(recovered) << recovered.error().message;
            EXPECT_TRUE(recovered->saved.paths.empty());
            const bool whole = users_files(disk) == before || disk.files() == after;
            ASSERT_TRUE(whole) << "call " << nth << (for_good ? " and all later ones" : "");
            if (disk.files() != after) must_apply();
            ASSERT_EQ(disk.files(), after) << "call " << nth;
            expect_tidy();
        }
        EXPECT_GT(failed_calls, 40);
    }
}

TEST_F(fault_test, planning_leaves_the_old_plan_or_the_new_one) {
    const memory_filesystem before = disk;
    must_regenerate(second);
    const auto planned = disk.files();
    for (const bool for_good : {false, true}) {
        for (int nth = 1;; ++nth) {
            disk = before;
            disk.calls = 0;
            disk.fail_at = nth;
            disk.fail_for_good = for_good;
            (void)regenerate(second, disk);
            const bool reached = disk.calls >= nth;
            disk.fail_at = 0;
            if (!reached) break;
            ASSERT_TRUE(recover(disk));
            ASSERT_EQ(users_files(disk), users_files(before)) << "call " << nth;
            const std::string plan_now = disk.content(std::string(plan_path));
            ASSERT_TRUE(plan_now == before.content(plan_path) || plan_now == planned.at(std::string(plan_path)));
            must_regenerate(second);
            ASSERT_EQ(disk.files(), planned) << "call " << nth;
        }
    }
}

TEST_F(fault_test, a_new_project_is_there_whole_or_not_at_all) {
    memory_filesystem parent;
    auto p = make_plan(first, {}, parent, test_origin);
    ASSERT_TRUE(p);
    ASSERT_TRUE(create_project(*p, first, parent, "shop"));
    const auto complete = parent.files();
    EXPECT_EQ(parent.content("shop/old/c.cpp"), "c1");
    for (const bool for_good : {false, true}) {
        for (int nth = 1;; ++nth) {
            memory_filesystem broken;
            broken.fail_at = nth;
            broken.fail_for_good = for_good;
            const auto done = create_project(*p, first, broken, "shop");
            if (broken.calls < nth) break;
            broken.fail_at = 0;
            ASSERT_FALSE(done) << "call " << nth;
            ASSERT_EQ(broken.content("shop/a.cpp"), "(absent)") << "call " << nth;
            if (!for_good) {
                ASSERT_TRUE(broken.files().empty()) << broken.files().begin()->first;
            }
            ASSERT_TRUE(create_project(*p, first, broken, "shop"));
            ASSERT_EQ(broken.files(), complete);
        }
    }
}

TEST_F(fault_test, a_file_edited_between_the_crash_and_the_recovery_is_spared) {
    must_regenerate(second);
    const memory_filesystem planned = disk;
    // Find the moment right after the commit.
    for (int nth = 1;; ++nth) {
        disk = planned;
        disk.calls = 0;
        disk.fail_at = nth;
        disk.fail_for_good = true;
        ASSERT_FALSE(apply_saved(disk)) << "no crash leaves a committed journal";
        disk.fail_at = 0;
        if (disk.nodes.contains(journal_committed_path)) break;
    }
    disk.put("a.cpp", "edited after the crash");
    disk.put("old/c.cpp", "edited too");
    auto recovered = recover(disk);
    ASSERT_TRUE(recovered);
    EXPECT_EQ(recovered->what, recovery::finished);
    EXPECT_EQ(recovered->saved.paths, (std::vector<std::string>{"a.cpp", "old/c.cpp"}));
    EXPECT_EQ(disk.content("a.cpp"), "edited after the crash");
    EXPECT_EQ(disk.content("a.cpp.new"), "(absent)") << "nobody would know of it";
    EXPECT_EQ(disk.content("old/c.cpp"), "edited too");
    EXPECT_EQ(disk.content("new/d.cpp"), "d1");
    EXPECT_EQ(base_of("a.cpp"), "a1");
    EXPECT_EQ(base_of("old/c.cpp"), "c1");
    // The next plan judges both anew, as any other edit.
    const plan p = must_regenerate(second);
    EXPECT_EQ(fate(p, "a.cpp"), "conflict both_changed");
    EXPECT_EQ(fate(p, "old/c.cpp"), "orphan edited_by_user");
    expect_tidy_after_apply();
}

TEST_F(fault_test, a_hostile_journal_cannot_reach_outside_or_into_git) {
    for (const char* path : {"../victim", "/etc/x", ".git/config", ".tenon/other", ".tenon/bases/x", "a\\u0000b"}) {
        const std::string text = std::string(R"({"format_version": 1, "new_directories": [], "changes": [)") +
                                 R"({"kind": "remove", "path": ")" + path +
                                 R"(", "before": "absent", "after": "absent"}]})";
        disk.put(journal_committed_path, text);
        auto recovered = recover(disk);
        ASSERT_FALSE(recovered) << path;
        EXPECT_EQ(recovered.error().kind, failure_kind::malformed);
    }
    disk.put(journal_committed_path, R"({"format_version": 1, "new_directories": ["../x"], "changes": []})");
    EXPECT_FALSE(recover(disk));
}

TEST_F(fault_test, a_journal_torn_by_a_loss_of_power_is_dropped) {
    disk.put(journal_prepared_path, R"({"format_version": 1, "new_dir)");
    disk.put(journal_draft_path, "{");
    ASSERT_TRUE(recover(disk));
    EXPECT_FALSE(disk.nodes.contains(journal_prepared_path));
    EXPECT_FALSE(disk.nodes.contains(journal_draft_path));
}

TEST_F(fault_test, a_temporary_file_left_without_a_journal_is_no_obstacle) {
    must_regenerate(second);
    disk.put(temporary_path("a.cpp"), "stray");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "a2");
    expect_tidy();
}

}  // namespace
}  // namespace tenon::gen
