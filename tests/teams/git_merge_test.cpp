// Two branches that both regenerated, merged by the real git: the tree is clean, or what is in conflict is named, and
// the printed command ends it.
#include <gmock/gmock.h>

#include "tests/apply/program.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

class git_merge : public program_test {
  protected:
    void git(const std::string& arguments) const {
        const ran done = run(in_shop("git " + arguments));
        ASSERT_EQ(done.exit_code, 0) << arguments << "\n" << done.out << done.err;
    }

    static std::string in_shop(const std::string& line) {
        return "cd shop && export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a "
               "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null && " +
               line;
    }

    void SetUp() override {
        program_test::SetUp();
        make_shop();
        git("init -q -b main");
        git("add -A");
        git("commit -q -m base");
    }

    void edit(const std::string& path, const std::string& from, const std::string& to) const {
        std::string text = slurp(here / "shop" / path);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        spill(here / "shop" / path, text.replace(at, from.size(), to));
    }

    /// A branch from main with a change of the spec, regenerated, applied and committed.
    void branch(const std::string& name, const std::string& from, const std::string& to) const {
        git("checkout -q main");
        git("checkout -q -b " + name);
        edit("spec.yaml", from, to);
        const ran planned = run(in_shop("$tenon generate spec.yaml"));
        ASSERT_EQ(planned.exit_code, 0) << planned.err;
        const ran applied = run(in_shop("$apply . --apply"));
        ASSERT_EQ(applied.exit_code, 0) << applied.out << applied.err;
        commit(name);
    }

    void commit(const std::string& message) const {
        git("add -A");
        git("commit -q -m '" + message + "'");
    }

    /// Merges `name` into the branch that is checked out; the files that git could not merge.
    std::string merge(const std::string& name) const {
        run(in_shop("git merge -q -m merged " + name));
        return run(in_shop("git diff --name-only --diff-filter=U")).out;
    }

    /// The commands that a message recommends, with the names of this project in them.
    static std::vector<std::string> recommended(const std::string& message) {
        const std::string command = "`tenon generate SPEC --out DIR ";
        std::vector<std::string> out;
        for (auto at = message.find(command); at != std::string::npos; at = message.find(command, at + 1)) {
            const auto begin = at + command.size();
            out.push_back("$tenon generate spec.yaml --out . " +
                          message.substr(begin, message.find('`', begin) - begin));
        }
        return out;
    }

    /// verify names the fork of the migrations, and each of the ways that it recommends leads to a clean tree.
    void expect_fork_fixed(const std::string& one, const std::string& other) const {
        const ran told = run(in_shop("$tenon verify ."));
        EXPECT_EQ(told.exit_code, 1);
        EXPECT_THAT(told.err, HasSubstr(one));
        EXPECT_THAT(told.err, HasSubstr(other));
        const std::vector<std::string> ways = recommended(told.err);
        ASSERT_EQ(ways.size(), 2u) << told.err;
        ASSERT_EQ(run("cp -a shop forked").exit_code, 0);
        for (const std::string& way : ways) {
            ASSERT_EQ(run("rm -rf shop && cp -a forked shop").exit_code, 0);
            const ran planned = run(in_shop(way));
            EXPECT_EQ(planned.exit_code, 0) << planned.err;
            const ran applied = run(in_shop("$apply . --apply"));
            EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
            expect_clean();
        }
    }

    /// Git takes what two new entities have in common for one: each gets all of it back.
    static std::string both_entities(std::string spec) {
        const std::string rest =
            "    fields: {title: string(1..20)}\n    access: {read: member, create: member, update: member, delete: "
            "admin}\n";
        const auto first = spec.find("  Animal:\n");
        if (spec.compare(first + 10, rest.size(), rest) != 0) spec.insert(first + 10, rest);
        return spec;
    }

    void expect_clean() const {
        const ran verified = run(in_shop("$tenon verify ."));
        EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
        EXPECT_EQ(run(in_shop("grep -rlE '^(<<<<<<<|>>>>>>>)' --exclude-dir=.git --exclude-dir=local .")).out, "");
        const auto before = snapshot(here / "shop");
        EXPECT_EQ(run(in_shop("$tenon generate spec.yaml")).exit_code, 0);
        EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths) << "a second plan has something to do";
    }
};

TEST_F(git_merge, what_is_local_stays_out_of_git) {
    const std::string tracked = run(in_shop("git ls-files")).out;
    EXPECT_THAT(tracked, HasSubstr(".tenon/manifest.json"));
    EXPECT_THAT(tracked, HasSubstr(".tenon/bases"));
    EXPECT_EQ(tracked.find(".tenon/local"), std::string::npos);
    EXPECT_EQ(tracked.find("plan.json"), std::string::npos);
    EXPECT_EQ(run(in_shop("git status --porcelain")).out, "");
    const ran clone = run("git clone -q shop copy && $tenon verify copy");
    EXPECT_EQ(clone.exit_code, 0) << clone.out << clone.err;
}

TEST_F(git_merge, the_hook_keeps_drift_out_of_commits) {
    git("config core.hooksPath .githooks");
    edit("spec.yaml", "due: date?", "due: date?\n      estimate: int?");
    const std::string commit_it = "git add -A && PATH=$(dirname $tenon):$PATH git commit -q -m x";
    const ran refused = run(in_shop(commit_it));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("apply-plan . --apply"));
    EXPECT_EQ(run(in_shop("$tenon generate spec.yaml && $apply . --apply")).exit_code, 0);
    const ran taken = run(in_shop(commit_it));
    EXPECT_EQ(taken.exit_code, 0) << taken.err;
}

TEST_F(git_merge, changes_without_migrations_need_nothing) {
    branch("a", "access: {read: member, create: member, update: member, delete: [admin, creator]}",
           "access: {read: member, create: member, update: member, delete: admin}");
    branch("b", "list: {filter: [archived], search: [name]", "list: {filter: [archived], search: [name, description]");
    EXPECT_EQ(merge("a"), "");
    const ran planned = run(in_shop("$tenon generate spec.yaml"));
    EXPECT_EQ(planned.exit_code, 0) << planned.err;
    const int verified = run(in_shop("$tenon verify .")).exit_code;
    EXPECT_TRUE(verified == 0 || verified == 2) << verified;
    EXPECT_EQ(run(in_shop("$apply . --apply")).exit_code, 0);
    expect_clean();
}

TEST_F(git_merge, a_field_in_each_of_two_entities) {
    branch("a", "due: date?", "due: date?\n      estimate: int?");
    branch("b", "archived: bool = false", "color: string(1..20)?\n      archived: bool = false");
    EXPECT_EQ(merge("a"), "");
    expect_fork_fixed("0002_add_tasks_estimate", "0002_add_projects_color");
    EXPECT_THAT(slurp(here / "shop/src/domain/task.hpp"), HasSubstr("estimate"));
    EXPECT_THAT(slurp(here / "shop/src/domain/project.hpp"), HasSubstr("color"));
}

TEST_F(git_merge, a_field_each_in_the_same_entity) {
    branch("a", "due: date?", "due: date?\n      estimate: int?");
    branch("b", "title: string(1..200)", "title: string(1..200)\n      color: string(1..20)?");
    EXPECT_THAT(merge("a"), HasSubstr("openapi.yaml")) << "the case is about files that git cannot merge by itself";
    expect_fork_fixed("0002_add_tasks_estimate", "0002_add_tasks_color");
    const std::string header = slurp(here / "shop/src/domain/task.hpp");
    EXPECT_THAT(header, HasSubstr("estimate"));
    EXPECT_THAT(header, HasSubstr("color"));
}

TEST_F(git_merge, an_edit_in_one_branch_and_a_new_field_in_the_other) {
    branch("a", "due: date?", "due: date?\n      estimate: int?");
    git("checkout -q main");
    git("checkout -q -b b");
    edit("src/domain/task.cpp", "value, 1, 200);", "value, 2, 200);");
    commit("edit");
    EXPECT_EQ(merge("a"), "");
    expect_clean();
    EXPECT_THAT(slurp(here / "shop/src/domain/task.cpp"), HasSubstr("value, 2, 200);"));
    EXPECT_THAT(slurp(here / "shop/src/domain/task.hpp"), HasSubstr("estimate"));
}

TEST_F(git_merge, an_entity_renamed_in_one_branch_and_edited_in_the_other) {
    branch("a", "  Task:\n", "  Job:\n    was: Task\n");
    branch("b", "due: date?", "due: date?\n      estimate: int?");
    edit("src/domain/task.cpp", "value, 1, 200);", "value, 2, 200);");
    commit("edit");
    const std::string unmerged = merge("a");
    EXPECT_FALSE(fs::exists(here / "shop/src/domain/task.cpp"));
    // Of files that both branches generated and nobody edited, either side will do: it is generated again.
    std::istringstream paths(unmerged);
    for (std::string path; std::getline(paths, path);) git("checkout -q --theirs -- " + path);
    expect_fork_fixed("0002_rename_to_jobs", "0002_add_tasks_estimate");
    const std::string job = slurp(here / "shop/src/domain/job.cpp");
    EXPECT_THAT(job, HasSubstr("value, 2, 200);"));
    EXPECT_THAT(slurp(here / "shop/src/domain/job.hpp"), HasSubstr("estimate"));
}

/// Git's conflicts are left as they are, in the bases too; one plan ends them.
TEST_F(git_merge, an_entity_each_ends_with_the_next_plan) {
    branch("a", "  Task:\n",
           "  Album:\n    fields: {title: string(1..20)}\n    access: {read: member, create: member, "
           "update: member, delete: admin}\n  Task:\n");
    branch("b", "  Task:\n",
           "  Animal:\n    fields: {title: string(1..20)}\n    access: {read: member, create: member, "
           "update: member, delete: admin}\n  Task:\n");
    edit("src/domain/task.cpp", "value, 1, 200);", "value, 2, 200);");
    commit("edit");
    EXPECT_THAT(merge("a"), HasSubstr(".tenon/bases"));
    std::string spec = slurp(here / "shop/spec.yaml");
    for (const char* marker : {"<<<<<<< HEAD\n", "=======\n", ">>>>>>> a\n"}) {
        const auto at = spec.find(marker);
        ASSERT_NE(at, std::string::npos) << spec;
        spec.erase(at, std::string(marker).size());
    }
    spill(here / "shop/spec.yaml", both_entities(std::move(spec)));
    expect_fork_fixed("0002_create_albums", "0002_create_animals");
    EXPECT_THAT(slurp(here / "shop/src/domain/task.cpp"), HasSubstr("value, 2, 200);"));
    EXPECT_EQ(slurp(here / "shop/.tenon/bases").find("<<<<<<<"), std::string::npos);
}

TEST_F(git_merge, bases_that_are_damaged_are_named_with_the_way_out) {
    edit(".tenon/bases", "end openapi.yaml\n", "");
    const ran told = run(in_shop("$tenon verify ."));
    EXPECT_EQ(told.exit_code, 1);
    EXPECT_THAT(told.err, HasSubstr("is not as Tenon writes it"));
    EXPECT_THAT(told.err, HasSubstr("git checkout HEAD -- .tenon/bases"));
    git("checkout HEAD -- .tenon/bases");
    expect_clean();
}

/// The records as a Tenon before had them: a file for each base, the runtime's too.
class upgraded_branch : public git_merge {
  protected:
    void make_former() const {
        std::istringstream lines(slurp(here / "shop/.tenon/bases"));
        std::string path, text;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("file ")) {
                path = line.substr(5);
                text.clear();
            } else if (line.starts_with("end ")) {
                spill(here / "shop/.tenon/base" / path, text);
            } else if (!line.starts_with("#")) {
                text += line.substr(line.empty() ? 0 : 1) + "\n";
            }
        }
        fs::remove(here / "shop/.tenon/bases");
        fs::create_directories(here / "shop/.tenon/base/third_party");
        ASSERT_EQ(run(in_shop("cp -r third_party/tenon .tenon/base/third_party && "
                              "sed -i '/^# ours$/d' .tenon/base/third_party/tenon/CMakeLists.txt && "
                              "sed -i -E 's/(\"owner\": \")vendored\", \"sha256\": \"[0-9a-f]*/\\1generated/; "
                              "s/(format_version\": )3/\\12/' .tenon/manifest.json"))
                      .exit_code,
                  0);
    }

    void SetUp() override {
        git_merge::SetUp();
        make_former();
        append("shop/third_party/tenon/CMakeLists.txt", "# ours\n");
        edit("src/domain/task.cpp", "value, 1, 200);", "value, 2, 200);");
        commit("before");
        EXPECT_EQ(run(in_shop("grep -c vendored .tenon/manifest.json")).out, "0\n");
    }
};

TEST_F(upgraded_branch, merges_with_one_that_was_not_upgraded) {
    branch("a", "due: date?", "due: date?\n      estimate: int?");
    EXPECT_FALSE(fs::exists(here / "shop/.tenon/base"));
    const std::string tracked = run(in_shop("git ls-files .tenon")).out;
    EXPECT_THAT(tracked, HasSubstr(".tenon/bases"));
    branch("b", "title: Shop", "title: Our shop");
    make_former();
    commit("with the Tenon before");
    EXPECT_THAT(merge("a"), HasSubstr(".tenon/base/")) << "git removes what one changed and the other dropped";
    const ran planned = run(in_shop("$tenon generate spec.yaml"));
    EXPECT_EQ(planned.exit_code, 0) << planned.err;
    const ran applied = run(in_shop("$apply . --apply"));
    EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
    commit("merged");
    EXPECT_FALSE(fs::exists(here / "shop/.tenon/base"));
    expect_clean();
    EXPECT_THAT(slurp(here / "shop/src/domain/task.cpp"), HasSubstr("value, 2, 200);"));
    EXPECT_THAT(slurp(here / "shop/src/domain/task.hpp"), HasSubstr("estimate"));
    EXPECT_THAT(slurp(here / "shop/README.md"), HasSubstr("Our shop"));
    EXPECT_TRUE(slurp(here / "shop/third_party/tenon/CMakeLists.txt").ends_with("# ours\n"));
    EXPECT_THAT(run(in_shop("$tenon verify .")).out, HasSubstr("third_party/tenon/CMakeLists.txt"));
    EXPECT_THAT(run(in_shop("$apply .")).out, HasSubstr("third_party/tenon/CMakeLists.txt"));
}

}  // namespace
}  // namespace tenon::gen
