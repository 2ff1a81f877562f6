// The life of a project: what regeneration does to untouched, edited, deleted, new and orphaned files.
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

TEST_F(project_test, a_new_project_has_all_files_a_manifest_a_plan_and_bases) {
    create(tree_of({{"a.cpp", "a1"}, {"src/b.cpp", "b1"}, {".tenon/access.json", "{}"}}));
    EXPECT_EQ(disk.content("src/b.cpp"), "b1");
    EXPECT_EQ(base_of("src/b.cpp"), "b1");
    EXPECT_EQ(base_of(".tenon/access.json"), "{}");
    EXPECT_NE(disk.content(".tenon/plan.json"), "(absent)");
    expect_tidy();
}

TEST_F(project_test, a_second_generate_writes_nothing) {
    const tree t = tree_of({{"a.cpp", "a1"}, {"src/b.cpp", "b1"}});
    create(t);
    disk.writes.clear();
    EXPECT_FALSE(has_pending(must_regenerate(t)));
    EXPECT_TRUE(disk.writes.empty()) << disk.writes.front();
}

TEST_F(project_test, untouched_files_are_updated_and_only_those_that_changed_are_written) {
    create(tree_of({{"a.cpp", "a1"}, {"src/b.cpp", "b1"}}));
    const plan p = must_regenerate(tree_of({{"a.cpp", "a2"}, {"src/b.cpp", "b1"}, {"src/x/c.cpp", "c1"}}));
    EXPECT_EQ(fate(p, "a.cpp"), "update generated_changed");
    EXPECT_EQ(disk.content("a.cpp"), "a1") << "generate only plans";
    disk.writes.clear();
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "a2");
    EXPECT_EQ(disk.content("src/x/c.cpp"), "c1");
    for (const std::string& call : disk.writes) EXPECT_EQ(call.find("b.cpp"), std::string::npos) << call;
    expect_tidy();
}

TEST_F(project_test, edits_are_kept_while_the_generator_stays) {
    const tree t = tree_of({{"a.cpp", "a1"}});
    create(t);
    disk.put("a.cpp", "edited");
    EXPECT_EQ(fate(must_regenerate(t), "a.cpp"), "keep edited_by_user");
    EXPECT_EQ(disk.content("a.cpp"), "edited");
}

TEST_F(project_test, a_conflict_leaves_the_file_and_puts_the_new_content_beside_it) {
    create(tree_of({{"a.cpp", "a1"}}));
    disk.put("a.cpp", "edited", 0600);
    const tree next = tree_of({{"a.cpp", "a2"}});
    EXPECT_EQ(fate(must_regenerate(next), "a.cpp"), "conflict both_changed");
    EXPECT_NE(disk.content(".tenon/conflicts.json"), "(absent)");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "edited");
    EXPECT_EQ(disk.content("a.cpp.new"), "a2");
    // Still open: the same generate has nothing to add, and says so.
    disk.writes.clear();
    const plan again = must_regenerate(next);
    EXPECT_EQ(fate(again, "a.cpp"), "keep conflict_open");
    EXPECT_TRUE(disk.writes.empty()) << disk.writes.front();
    EXPECT_FALSE(has_pending(again));
    EXPECT_TRUE(has_attention(again));
    // Resolved by hand: what was generated is the base from now on, and the edit is an edit of it.
    disk.put("a.cpp", "edited and a2");
    disk.nodes.erase("a.cpp.new");
    EXPECT_EQ(fate(must_regenerate(next), "a.cpp"), "keep conflict_resolved");
    EXPECT_EQ(disk.content(".tenon/conflicts.json"), "(absent)");
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a3"}})), "a.cpp"), "conflict both_changed");
    must_regenerate(next);
    must_apply();
    EXPECT_EQ(base_of("a.cpp"), "a2");
    EXPECT_EQ(fate(must_regenerate(next), "a.cpp"), "keep edited_by_user");
    expect_tidy();
}

TEST_F(project_test, a_waiting_file_is_replaced_while_untouched_and_numbered_once_edited) {
    create(tree_of({{"a.cpp", "a1"}}));
    disk.put("a.cpp", "edited");
    must_regenerate(tree_of({{"a.cpp", "a2"}}));
    must_apply();
    must_regenerate(tree_of({{"a.cpp", "a3"}}));
    must_apply();
    EXPECT_EQ(disk.content("a.cpp.new"), "a3");
    disk.put("a.cpp.new", "half merged");
    must_regenerate(tree_of({{"a.cpp", "a4"}}));
    must_apply();
    EXPECT_EQ(disk.content("a.cpp.new"), "half merged");
    EXPECT_EQ(disk.content("a.cpp.new.2"), "a4");
    EXPECT_EQ(disk.content("a.cpp"), "edited");
}

TEST_F(project_test, a_waiting_file_goes_when_it_has_served) {
    create(tree_of({{"a.cpp", "a1"}}));
    disk.put("a.cpp", "edited");
    must_regenerate(tree_of({{"a.cpp", "a2"}}));
    must_apply();
    // The generator went back: nothing is in conflict any more.
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a1"}})), "a.cpp"), "keep conflict_closed");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp.new"), "(absent)");
    EXPECT_EQ(disk.content("a.cpp"), "edited");
    expect_tidy();
}

TEST_F(project_test, taking_over_the_new_content_by_hand_resolves_a_conflict) {
    create(tree_of({{"a.cpp", "a1"}}));
    disk.put("a.cpp", "edited");
    const tree next = tree_of({{"a.cpp", "a2"}});
    must_regenerate(next);
    must_apply();
    disk.put("a.cpp", "a2");
    EXPECT_EQ(fate(must_regenerate(next), "a.cpp"), "unchanged conflict_closed");
    must_apply();
    EXPECT_EQ(disk.content("a.cpp.new"), "(absent)");
    expect_tidy();
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a3"}})), "a.cpp"), "update generated_changed");
}

TEST_F(project_test, an_unowned_file_is_not_overwritten) {
    create(tree_of({{"a.cpp", "a1"}}));
    disk.put("b.cpp", "the user's own");
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}})), "b.cpp"), "conflict unowned");
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "the user's own");
    EXPECT_EQ(disk.content("b.cpp.new"), "b1");
}

TEST_F(project_test, a_deletion_is_respected_for_good) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    disk.nodes.erase("b.cpp");
    const plan p = must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}}));
    EXPECT_EQ(fate(p, "b.cpp"), "respect_deletion deleted_by_user");
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "(absent)");
    // Gone from the tree, then generated again: still the user's decision.
    must_regenerate(tree_of({{"a.cpp", "a3"}}));
    must_apply();
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a3"}, {"b.cpp", "b3"}})), "b.cpp"),
              "respect_deletion deleted_by_user");
}

TEST_F(project_test, files_no_longer_generated_go_with_their_empty_folders_unless_edited) {
    create(tree_of({{"a.cpp", "a1"}, {"old/x/b.cpp", "b1"}, {"old/y/c.cpp", "c1"}}));
    disk.put("old/y/c.cpp", "edited");
    const plan p = must_regenerate(tree_of({{"a.cpp", "a1"}}));
    EXPECT_EQ(fate(p, "old/x/b.cpp"), "delete no_longer_generated");
    EXPECT_EQ(fate(p, "old/y/c.cpp"), "orphan edited_by_user");
    must_apply();
    EXPECT_FALSE(disk.nodes.contains("old/x"));
    EXPECT_EQ(base_of("old/x/b.cpp"), "(absent)");
    EXPECT_EQ(disk.content("old/y/c.cpp"), "edited");
    expect_tidy();
}

TEST_F(project_test, seeded_files_are_written_once_and_never_again) {
    tree t = tree_of({{"a.cpp", "a1"}, {"hooks.cpp", "h1"}, {"prompt.md", "p1"}});
    t.files["hooks.cpp"].owner = t.files["prompt.md"].owner = owner_class::seeded;
    create(t);
    EXPECT_EQ(base_of("hooks.cpp"), "(absent)");
    disk.nodes.erase("prompt.md");
    t.files["hooks.cpp"].content = "h2";
    t.files["prompt.md"].content = "p2";
    EXPECT_FALSE(has_pending(must_regenerate(t)));
    EXPECT_EQ(disk.content("hooks.cpp"), "h1");
    EXPECT_EQ(disk.content("prompt.md"), "(absent)");
}

TEST_F(project_test, an_emitted_migration_never_changes) {
    tree t = tree_of({{"migrations/0001.sql", "create"}});
    t.files.begin()->second.owner = owner_class::frozen;
    create(t);
    EXPECT_EQ(fate(must_regenerate(tree_of({})), "migrations/0001.sql"), "keep frozen_once");
    t.files.begin()->second.content = "create differently";
    const plan p = must_regenerate(t);
    EXPECT_EQ(fate(p, "migrations/0001.sql"), "error frozen_rewritten");
    EXPECT_TRUE(has_attention(p));
    disk.put("migrations/0001.sql", "edited");
    EXPECT_EQ(fate(must_regenerate(tree_of({})), "migrations/0001.sql"), "error frozen_edited");
    disk.nodes.erase("migrations/0001.sql");
    EXPECT_EQ(fate(must_regenerate(tree_of({})), "migrations/0001.sql"), "error frozen_missing");
}

TEST_F(project_test, a_migration_is_emitted_anew_under_the_name_that_it_had) {
    tree t = tree_of({{"a.cpp", "a1"}, {"migrations/0002_x.sql", "one"}});
    t.files["migrations/0002_x.sql"].owner = owner_class::frozen;
    create(t);
    t.files["migrations/0002_x.sql"].content = "two";
    plan_wishes wishes;
    wishes.replaced = {"migrations/0002_x.sql"};
    EXPECT_EQ(fate(must_regenerate(t, wishes), "migrations/0002_x.sql"), "update migration_replaced");
    must_apply();
    EXPECT_EQ(disk.content("migrations/0002_x.sql"), "two");
    EXPECT_FALSE(has_pending(must_regenerate(t)));
    // Not over an edit.
    disk.put("migrations/0002_x.sql", "edited");
    EXPECT_EQ(fate(must_regenerate(t, wishes), "migrations/0002_x.sql"), "error frozen_edited");
}

TEST_F(project_test, a_mode_follows_the_generator_and_a_users_chmod_survives_an_update) {
    tree t = tree_of({{"run", "r1"}, {"tool", "t1"}});
    create(t);
    disk.nodes.find("tool")->second.permissions = 0700;
    t.files["run"].executable = true;
    t.files["tool"].content = "t2";
    const plan p = must_regenerate(t);
    EXPECT_EQ(fate(p, "run"), "update mode_changed");
    must_apply();
    EXPECT_EQ(disk.nodes.find("run")->second.permissions, 0755u);
    EXPECT_EQ(disk.nodes.find("tool")->second.permissions, 0700u);
    EXPECT_EQ(disk.content("tool"), "t2");
    EXPECT_FALSE(has_pending(must_regenerate(t)));
}

TEST_F(project_test, a_change_the_user_made_first_is_only_recorded) {
    create(tree_of({{"spec.yaml", "s1"}}));
    disk.put("spec.yaml", "s2");
    EXPECT_EQ(fate(must_regenerate(tree_of({{"spec.yaml", "s2"}})), "spec.yaml"), "unchanged caught_up");
    must_apply();
    expect_tidy();
    EXPECT_FALSE(has_pending(must_regenerate(tree_of({{"spec.yaml", "s2"}}))));
    EXPECT_EQ(fate(must_regenerate(tree_of({{"spec.yaml", "s3"}})), "spec.yaml"), "update generated_changed");
}

TEST_F(project_test, part_of_a_plan_can_be_applied_and_the_rest_later) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}, {"c.cpp", "c1"}}));
    disk.put("c.cpp", "edited");
    const tree next = tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}, {"c.cpp", "c2"}, {"d.cpp", "d"}});
    must_regenerate(next);
    must_apply({"a.cpp", "c.cpp"});
    EXPECT_EQ(disk.content("a.cpp"), "a2");
    EXPECT_EQ(disk.content("b.cpp"), "b1");
    EXPECT_EQ(disk.content("c.cpp.new"), "c2");
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2");
    EXPECT_EQ(disk.content("d.cpp"), "d");
    EXPECT_FALSE(has_pending(must_regenerate(next)));
    expect_tidy();
}

TEST_F(project_test, a_plan_made_before_an_edit_is_refused_whole) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}, {"c.cpp", "c"}}));
    const auto before = disk.files();
    for (const char* path : {"a.cpp", "c.cpp", ".tenon/manifest.json"}) {
        disk.put(path, path == std::string(".tenon/manifest.json") ? before.at(path) + " " : "edited meanwhile");
        auto done = apply_saved(disk);
        ASSERT_FALSE(done) << path;
        EXPECT_EQ(done.error().kind, failure_kind::stale);
        EXPECT_EQ(disk.content("b.cpp"), "b1");
        disk.nodes.erase(path);
        if (before.contains(path)) disk.put(path, before.at(path));
    }
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "a2");
}

TEST_F(project_test, a_plan_gives_way_to_a_newer_one_with_its_staged_content) {
    create(tree_of({{"a.cpp", "a1"}}));
    must_regenerate(tree_of({{"a.cpp", "a2"}}));
    must_regenerate(tree_of({{"a.cpp", "a3"}}));
    EXPECT_EQ(disk.content(std::string(stage_directory) + sha256("a2")), "(absent)");
    const plan back = must_regenerate(tree_of({{"a.cpp", "a1"}}));
    EXPECT_FALSE(has_pending(back));
    auto saved = load_plan(disk);
    ASSERT_TRUE(saved && *saved);
    EXPECT_FALSE(has_pending((*saved)->content));
    expect_tidy();
}

TEST_F(project_test, a_staged_content_that_was_swapped_is_refused_before_anything_is_written) {
    create(tree_of({{"a.cpp", "a1"}}));
    must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b1"}}));
    disk.put(std::string(stage_directory) + sha256("b1"), "something else");
    const auto before = disk.files();
    auto done = apply_saved(disk);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, failure_kind::malformed);
    EXPECT_EQ(disk.files(), before);
}

/// What a merge in git leaves in a file, and in its base.
const std::string half_merged = "1\n<<<<<<< HEAD\n2a\n=======\n2b\n>>>>>>> other\n3\n4\n5\n";

TEST_F(project_test, the_same_conflict_of_a_merge_in_git_in_file_and_base_is_settled_by_generating) {
    create(tree_of({{"a.cpp", "1\n2\n3\n4\n5\n"}, {"b.cpp", "1\n2\n3\n4\n5\n"}}));
    disk.put(bases_path,
             "file a.cpp\n 1\n<<<<<<< HEAD\n 2a\n=======\n 2b\n>>>>>>> other\n 3\n 4\n 5\nend a.cpp\n"
             "file b.cpp\n 1\n<<<<<<< HEAD\n 2a\n=======\n 2b\n>>>>>>> other\n 3\n 4\n 5\nend b.cpp\n");
    disk.put("a.cpp", half_merged);
    disk.put("b.cpp", "1\n2a\n2b\n3\n4\n5\nmine\n");
    const std::string generated = "1\n2a\n2b\n3\n4\n5\n";
    const plan p = must_regenerate(tree_of({{"a.cpp", generated}, {"b.cpp", generated}}));
    EXPECT_EQ(fate(p, "a.cpp"), "update generated_changed");
    EXPECT_EQ(fate(p, "b.cpp"), "keep caught_up");
    must_apply();
    EXPECT_EQ(base_of("b.cpp"), generated);
    expect_tidy();
    EXPECT_EQ(disk.content("a.cpp"), generated);
    EXPECT_EQ(disk.content("b.cpp"), generated + "mine\n");
}

TEST_F(project_test, an_edited_file_that_git_left_half_merged_like_its_base_is_named) {
    create(tree_of({{"a.cpp", "1\n2\n3\n4\n5\n"}}));
    disk.put(bases_path, "file a.cpp\n 1\n<<<<<<< HEAD\n 2a\n=======\n 2b\n>>>>>>> other\n 3\n 4\n 5\nend a.cpp\n");
    disk.put("a.cpp", half_merged + "mine\n");
    auto p = regenerate(tree_of({{"a.cpp", "1\n2a\n2b\n3\n4\n5\n"}}), disk);
    ASSERT_FALSE(p);
    EXPECT_NE(p.error().message.find("a.cpp:2 has git's conflict markers"), std::string::npos) << p.error().message;
    EXPECT_NE(p.error().hint.find("resolve them first"), std::string::npos);
}

TEST_F(project_test, lines_that_a_union_merge_brought_back_do_no_harm) {
    create(tree_of({{"a.cpp", "a1"}, {"old.cpp", "o1"}}));
    const std::string with_old = disk.content(".tenon/manifest.json");
    must_regenerate(tree_of({{"a.cpp", "a1"}}));
    must_apply();
    // The other branch touched a neighbouring line: the line of old.cpp is back, its file and base copy are not.
    disk.put(".tenon/manifest.json", with_old);
    const plan p = must_regenerate(tree_of({{"a.cpp", "a2"}}));
    EXPECT_EQ(fate(p, "old.cpp"), "(none)");
    must_apply();
    EXPECT_EQ(disk.content(".tenon/manifest.json").find("old.cpp"), std::string::npos);
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a2"}, {"old.cpp", "o2"}})), "old.cpp"), "create new_file");
}

TEST_F(project_test, a_line_lost_in_a_merge_is_written_again) {
    const tree t = tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}});
    create(t);
    std::string text = disk.content(".tenon/manifest.json");
    const auto at = text.find("    {\"path\": \"b.cpp\"");
    disk.put(".tenon/manifest.json", text.erase(at, text.find('\n', at) + 1 - at));
    EXPECT_EQ(fate(must_regenerate(t), "b.cpp"), "unchanged caught_up");
    must_apply();
    EXPECT_FALSE(has_pending(must_regenerate(t)));
    expect_tidy();
}

TEST_F(project_test, line_ends_and_a_missing_last_one_stay_the_users) {
    create(tree_of({{"crlf.txt", "1\n2\n3\n4\n5\n"}, {"last.txt", "1\n2\n3\n4\n5\n"}}));
    disk.put("crlf.txt", "1\r\n2\r\n3\r\nmine\r\n5\r\n");
    disk.put("last.txt", "1\n2\n3\n4\nmine");
    must_regenerate(tree_of({{"crlf.txt", "one\n2\n3\n4\n5\n"}, {"last.txt", "one\n2\n3\n4\n5\n"}}));
    must_apply();
    EXPECT_EQ(disk.content("crlf.txt"), "one\r\n2\r\n3\r\nmine\r\n5\r\n");
    EXPECT_EQ(disk.content("last.txt"), "one\n2\n3\n4\nmine");
    EXPECT_EQ(base_of("crlf.txt"), "one\n2\n3\n4\n5\n");
}

TEST_F(project_test, a_users_chmod_survives_a_merge_and_stays_out_of_the_file_beside) {
    create(tree_of({{"merged", "1\n2\n3\n4\n5\n"}, {"clash", "1\n"}}));
    disk.put("merged", "1\n2\n3\n4\nmine\n", 0750);
    disk.put("clash", "mine\n", 0700);
    must_regenerate(tree_of({{"merged", "one\n2\n3\n4\n5\n"}, {"clash", "one\n"}}));
    must_apply();
    EXPECT_EQ(disk.nodes.find("merged")->second.permissions, 0750u);
    EXPECT_EQ(disk.nodes.find("clash")->second.permissions, 0700u);
    EXPECT_EQ(disk.nodes.find("clash.new")->second.permissions, 0644u);
}

TEST_F(project_test, a_plan_made_before_a_chmod_is_stale) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b1"}}));
    disk.nodes.find("b.cpp")->second.permissions = 0600;
    must_apply();
    must_regenerate(tree_of({{"a.cpp", "a3"}, {"b.cpp", "b1"}}));
    disk.nodes.find("a.cpp")->second.permissions = 0600;
    auto done = apply_saved(disk);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "a.cpp");
}

TEST_F(project_test, a_tree_with_a_bad_path_is_not_planned) {
    EXPECT_FALSE(make_plan(tree_of({{"../x", "x"}}), {}, disk, test_origin));
    EXPECT_FALSE(make_plan(tree_of({{"A", "x"}, {"a", "y"}}), {}, disk, test_origin));
    EXPECT_TRUE(disk.writes.empty());
}

}  // namespace
}  // namespace tenon::gen
