// The runtime's copy: known by digests, never merged; edits are kept and told.
#include "generator/apply/status.hpp"
#include "generator/apply/undo.hpp"
#include "generator/settle/by_hand.hpp"
#include "generator/settle/settle.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

const std::string lib = "third_party/tenon/lib.cpp";

tree version(const std::string& text, const std::map<std::string, std::string>& more = {}) {
    tree t = tree_of(more);
    t.files["a.cpp"] = {"a\n", owner_class::generated, false, "test"};
    t.files[lib] = {text, owner_class::vendored, false, "runtime"};
    return t;
}

class vendored : public project_test {
  protected:
    void SetUp() override { create(version("1\n2\n3\n")); }

    std::vector<digest> digests() {
        const auto known = load_manifest(disk);
        EXPECT_TRUE(known);
        return known ? known->content.files.at(lib).digests : std::vector<digest>{};
    }

    project_status status() {
        auto found = status_of(disk);
        EXPECT_TRUE(found);
        return found ? *found : project_status{};
    }
};

TEST_F(vendored, has_a_digest_and_no_base) {
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n3\n")}));
    EXPECT_EQ(base_of(lib), "(absent)");
    EXPECT_EQ(base_of("a.cpp"), "a\n");
    EXPECT_FALSE(has_pending(must_regenerate(version("1\n2\n3\n"))));
}

TEST_F(vendored, is_replaced_added_and_removed_while_nobody_edits_it) {
    tree next = version("1\n2\n4\n");
    next.files["third_party/tenon/new.cpp"] = {"new\n", owner_class::vendored, false, "runtime"};
    EXPECT_EQ(fate(must_regenerate(next), lib), "update generated_changed");
    must_apply();
    EXPECT_EQ(disk.content(lib), "1\n2\n4\n");
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n4\n")}));
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n4\n")), "third_party/tenon/new.cpp"), "delete no_longer_generated");
    must_apply();
    EXPECT_EQ(disk.content("third_party/tenon/new.cpp"), "(absent)");
    expect_tidy();
}

TEST_F(vendored, keeps_its_digest_when_something_else_is_applied) {
    must_regenerate(version("1\n2\n3\n", {{"b.cpp", "b\n"}}));
    must_apply();
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n3\n")}));
    EXPECT_FALSE(has_pending(must_regenerate(version("1\n2\n3\n", {{"b.cpp", "b\n"}}))));
}

TEST_F(vendored, an_edit_is_kept_and_told_by_plan_and_status) {
    disk.put(lib, "1\n2 mine\n3\n");
    const plan p = must_regenerate(version("1\n2\n3\n"));
    EXPECT_EQ(fate(p, lib), "keep vendored_edited");
    EXPECT_FALSE(has_pending(p));
    EXPECT_TRUE(has_left_behind(p)) << "nobody would read of it";
    EXPECT_EQ(status().edited, (std::vector<std::string>{lib}));
    EXPECT_EQ(status().code, exit_code::clean);
}

/// Even where the lines would merge: nobody has the text that both come from.
TEST_F(vendored, an_upgrade_of_an_edited_file_goes_beside_it) {
    disk.put(lib, "1 mine\n2\n3\n");
    const tree next = version("1\n2\n4\n");
    EXPECT_EQ(fate(must_regenerate(next), lib), "conflict vendored_edited");
    EXPECT_NE(disk.content(std::string(conflicts_path)).find("the runtime is not merged"), std::string::npos);
    must_apply();
    EXPECT_EQ(disk.content(lib), "1 mine\n2\n3\n");
    EXPECT_EQ(disk.content(lib + ".new"), "1\n2\n4\n");
    EXPECT_EQ(status().code, exit_code::conflicts);
    // Still open, and then replaced by the next one, as any other.
    EXPECT_EQ(fate(must_regenerate(next), lib), "keep conflict_open");
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n5\n")), lib), "conflict vendored_edited");
    must_apply();
    EXPECT_EQ(disk.content(lib + ".new"), "1\n2\n5\n");
    // Settled by hand: the edit stays, on top of the new version.
    disk.put(lib, "1 mine\n2\n5\n");
    disk.nodes.erase(lib + ".new");
    const auto recorded = record_by_hand(disk);
    ASSERT_TRUE(recorded) << recorded.error().message;
    EXPECT_EQ(*recorded, (std::vector<std::string>{lib}));
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n5\n")}));
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n5\n")), lib), "keep vendored_edited");
    EXPECT_EQ(base_of(lib + ".new"), "(absent)");
    expect_tidy();
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n6\n")), lib), "conflict vendored_edited");
}

TEST_F(vendored, taking_theirs_makes_it_as_generated) {
    disk.put(lib, "mine\n");
    must_regenerate(version("1\n2\n4\n"));
    must_apply();
    const auto known = load_manifest(disk);
    const auto open = open_conflicts(*known, disk, {});
    ASSERT_TRUE(open);
    ASSERT_EQ(open->size(), 1u);
    EXPECT_FALSE(open->front().base);
    ASSERT_TRUE(settle_conflicts({{&open->front(), open->front().theirs}}, disk));
    EXPECT_EQ(disk.content(lib), "1\n2\n4\n");
    EXPECT_FALSE(has_pending(must_regenerate(version("1\n2\n4\n"))));
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n7\n")), lib), "update generated_changed");
}

TEST_F(vendored, policies_decide_it_as_a_whole) {
    for (const auto policy : {conflict_policy::mine, conflict_policy::theirs}) {
        disk.put(lib, "1 mine\n2\n3\n");
        plan_wishes wishes;
        wishes.on_conflict = policy;
        const plan p = must_regenerate(version("1\n2\n4\n"), wishes);
        const bool mine = policy == conflict_policy::mine;
        EXPECT_EQ(fate(p, lib), mine ? "keep mine_chosen" : "merge theirs_chosen");
        const memory_filesystem planned = disk;
        must_apply();
        EXPECT_EQ(disk.content(lib), mine ? "1 mine\n2\n3\n" : "1\n2\n4\n");
        EXPECT_FALSE(has_pending(must_regenerate(version("1\n2\n4\n"))));
        disk = memory_filesystem{};
        SetUp();
    }
}

TEST_F(vendored, an_edited_one_that_is_no_longer_there_and_a_deleted_one_are_the_users) {
    disk.put(lib, "mine\n");
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a\n"}})), lib), "orphan edited_by_user");
    disk.nodes.erase(lib);
    const tree next = version("1\n2\n4\n", {{"b.cpp", "b\n"}});
    EXPECT_EQ(fate(must_regenerate(next), lib), "respect_deletion deleted_by_user");
    must_apply();
    EXPECT_EQ(fate(must_regenerate(next), lib), "respect_deletion deleted_by_user");
    EXPECT_EQ(disk.content(lib), "(absent)");
}

/// A later Tenon makes a template of a part of the runtime, or takes one into it.
TEST_F(vendored, becomes_generated_and_back) {
    tree next = version("1\n2\n4\n");
    next.files[lib].owner = owner_class::generated;
    EXPECT_EQ(fate(must_regenerate(next), lib), "update generated_changed");
    must_apply();
    EXPECT_EQ(disk.content(lib), "1\n2\n4\n");
    EXPECT_EQ(base_of(lib), "1\n2\n4\n");
    EXPECT_FALSE(has_pending(must_regenerate(next)));
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n5\n")), lib), "update generated_changed");
    must_apply();
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n5\n")}));
    EXPECT_EQ(base_of(lib), "(absent)");
}

/// Two branches, of which each has another Tenon: git joins the lines of the manifest.
class vendored_on_two_branches : public vendored {
  protected:
    void SetUp() override {
        vendored::SetUp();
        auto known = load_manifest(disk);
        ASSERT_TRUE(known);
        known->content.files.at(lib).digests = {sha256("1\n2\n3\n"), sha256("1\n2\n4\n")};
        disk.put(std::string(manifest_path), write_manifest(known->content));
    }
};

TEST_F(vendored_on_two_branches, what_git_left_of_it_is_replaced) {
    disk.put(lib, "1\n2\n<<<<<<< HEAD\n3\n=======\n4\n>>>>>>> other\n");
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n4\n")), lib), "update generated_changed");
    must_apply();
    EXPECT_EQ(disk.content(lib), "1\n2\n4\n");
    EXPECT_EQ(digests(), (std::vector<digest>{sha256("1\n2\n4\n")}));
}

TEST_F(vendored_on_two_branches, either_is_untouched_and_an_edit_is_an_edit) {
    for (const char* side : {"1\n2\n3\n", "1\n2\n4\n"}) {
        disk.put(lib, side);
        EXPECT_EQ(fate(must_regenerate(version("1\n2\n5\n")), lib), "update generated_changed");
    }
    disk.put(lib, "1 mine\n2\n4\n");
    for (const char* now : {"1\n2\n3\n", "1\n2\n4\n"})
        EXPECT_EQ(fate(must_regenerate(version(now)), lib), "keep vendored_edited") << "nothing new has come";
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n5\n")), lib), "conflict vendored_edited");
}

TEST_F(vendored, an_orphan_that_is_deleted_is_forgotten) {
    disk.put(lib, "mine\n");
    must_regenerate(tree_of({{"a.cpp", "a2\n"}}));
    must_apply();
    disk.nodes.erase(lib);
    must_regenerate(tree_of({{"a.cpp", "a3\n"}}));
    must_apply();
    EXPECT_EQ(fate(must_regenerate(version("1\n2\n3\n", {{"a.cpp", "a3\n"}})), lib), "create new_file");
}

TEST_F(vendored, of_a_tenon_before_is_replaced_and_its_edits_are_kept) {
    for (const bool edited : {false, true}) {
        make_former();
        if (edited) disk.put(lib, "1 mine\n2\n3\n");
        const plan p = must_regenerate(version("1\n2\n4\n"));
        EXPECT_EQ(fate(p, lib), edited ? "conflict vendored_edited" : "update generated_changed");
        must_apply();
        EXPECT_EQ(disk.content(lib), edited ? "1 mine\n2\n3\n" : "1\n2\n4\n");
        EXPECT_EQ(base_of(lib), "(absent)");
        EXPECT_EQ(digests(), (std::vector<digest>{sha256(edited ? "1\n2\n3\n" : "1\n2\n4\n")}));
        expect_tidy();
        disk = memory_filesystem{};
        SetUp();
    }
}

}  // namespace
}  // namespace tenon::gen
