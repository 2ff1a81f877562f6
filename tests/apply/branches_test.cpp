// Two branches that both regenerated, merged by git: verify is clean afterwards, or names what is in conflict.
#include "program.hpp"

namespace tenon::gen {
namespace {

class merged_branches : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
        ASSERT_EQ(git("init -q -b main && $git add -A && $git commit -q -m one").exit_code, 0);
    }

    /// `line` with git in the project, whatever the machine's settings are; `$git` is git for what follows.
    ran git(const std::string& line) const {
        return run(
            "export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null; cd shop; "
            "git='git -c user.name=x -c user.email=x@example.com'; $git " +
            line);
    }

    void on_branch(const std::string& name, const std::string& from, const std::string& to) const {
        ASSERT_EQ(git("checkout -q main && $git checkout -q -b " + name).exit_code, 0);
        edit_spec(from, to);
        const ran made = run("$tenon generate shop/spec.yaml && $apply shop --apply");
        ASSERT_EQ(made.exit_code, 0) << made.out << made.err;
        ASSERT_EQ(git("add -A && $git commit -q -m " + name).exit_code, 0);
    }

    std::string tracked() const { return git("ls-files").out; }
};

TEST_F(merged_branches, what_is_of_one_working_tree_is_not_in_git) {
    const std::string files = tracked();
    EXPECT_NE(files.find(".tenon/manifest.json"), std::string::npos);
    EXPECT_NE(files.find(".tenon/bases"), std::string::npos);
    for (const char* path : {".tenon/plan.json", ".tenon/conflicts.json", ".tenon/local"}) {
        EXPECT_EQ(("\n" + files).find(std::string("\n") + path), std::string::npos) << path;
    }
    ASSERT_EQ(git("clone -q . ../clone").exit_code, 0);
    EXPECT_EQ(run("$tenon verify clone").exit_code, 0);
    EXPECT_EQ(run("$tenon generate clone/spec.yaml --out clone && $apply clone").exit_code, 0);
    EXPECT_EQ(run("cd clone && git status --porcelain").out, "");
}

TEST_F(merged_branches, changes_in_different_places_merge_and_verify_clean) {
    on_branch("roles", "  member: {}", "  guest: {}\n  member: {inherits: guest}");
    on_branch("title", "title: Shop", "title: Our shop");
    const ran merged = git("merge -q -m merged roles");
    EXPECT_EQ(merged.exit_code, 0) << merged.out;
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(merged_branches, files_added_on_both_need_no_hand_in_the_manifest) {
    spill(here / "one/notes/a.md", "a\n");
    spill(here / "two/notes/b.md", "b\n");
    ASSERT_EQ(git("checkout -q -b one").exit_code, 0);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --templates one && $apply shop --apply").exit_code, 0);
    ASSERT_EQ(git("add -A && $git commit -q -m one && $git checkout -q main && $git checkout -q -b two").exit_code, 0);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --templates two && $apply shop --apply").exit_code, 0);
    ASSERT_EQ(git("add -A && $git commit -q -m two").exit_code, 0);
    const ran merged = git("merge -q -m merged one");
    EXPECT_EQ(merged.exit_code, 0) << merged.out;
    const std::string manifest = slurp(here / "shop/.tenon/manifest.json");
    EXPECT_NE(manifest.find("notes/a.md"), std::string::npos);
    EXPECT_NE(manifest.find("notes/b.md"), std::string::npos);
    fs::copy(here / "two/notes", here / "one/notes", fs::copy_options::recursive);
    EXPECT_EQ(run("$tenon verify shop --templates one").exit_code, 0);
}

TEST_F(merged_branches, conflicts_in_generated_files_go_away_by_generating) {
    on_branch("guests", "  member: {}", "  guest: {}\n  member: {inherits: guest}");
    on_branch("stricter", "delete: admin}", "delete: owner}");
    const ran merged = git("merge -q -m merged guests");
    ASSERT_NE(merged.exit_code, 0) << "meant to conflict";
    EXPECT_EQ(slurp(here / "shop/.tenon/manifest.json").find("<<<<"), std::string::npos);
    EXPECT_EQ(slurp(here / "shop/spec.yaml").find("<<<<"), std::string::npos);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 2);
    const ran again = run("$tenon generate shop/spec.yaml && $apply shop --apply && $tenon verify shop");
    EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
    EXPECT_EQ(git("grep -l '^<<<<<<<'").exit_code, 1) << "no marker is left anywhere";
    EXPECT_EQ(git("add -A && $git commit -q -m merged").exit_code, 0);
}

TEST_F(merged_branches, an_edit_in_conflict_is_named) {
    ASSERT_EQ(git("checkout -q -b theirs").exit_code, 0);
    append("shop/src/domain/task.hpp", "// one\n");
    ASSERT_EQ(git("commit -q -a -m theirs && $git checkout -q main").exit_code, 0);
    append("shop/src/domain/task.hpp", "// two\n");
    ASSERT_EQ(git("commit -q -a -m mine").exit_code, 0);
    ASSERT_NE(git("merge -q theirs").exit_code, 0);
    edit_spec("title: Shop", "title: Our shop");
    const ran planned = run("$tenon generate shop/spec.yaml && $apply shop --json");
    EXPECT_EQ(planned.exit_code, 2) << planned.err;
    EXPECT_NE(slurp(here / "shop/src/domain/task.hpp").find("<<<<<<<"), std::string::npos) << "the user's to resolve";
}

}  // namespace
}  // namespace tenon::gen
