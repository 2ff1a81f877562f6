// A clone in which git turned line ends into CRLF: Tenon's records and the migrations are what they were, and the next
// version of the spec gets in without a conflict.
#include <gmock/gmock.h>

#include "tests/apply/program.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class line_ends : public program_test {
  protected:
    static constexpr const char* git =
        "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@a "
        "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null && ";

    void must(const std::string& line) const {
        const ran done = run(git + line);
        ASSERT_EQ(done.exit_code, 0) << line << "\n" << done.out << done.err;
    }

    /// "shop" becomes the clone of a project, as git on Windows makes it.
    void clone() const {
        must("cd shop && git init -q -b main && git add -A && git commit -q -m base");
        must("mv shop origin && git clone -q -c core.autocrlf=true origin shop");
        ASSERT_THAT(slurp(here / "shop/src/domain/task.hpp"), HasSubstr("\r\n")) << "git changes no line ends";
    }

    std::vector<std::string> with_carriage_returns(const std::string& folder) const {
        std::vector<std::string> paths;
        for (const auto& [path, text] : snapshot(here / "shop" / folder)) {
            const bool local = folder == ".tenon" && path.starts_with("local/");
            if (!local && text.find('\r') != std::string::npos) paths.push_back(path);
        }
        return paths;
    }

    void expect_next_version_without_conflict() const {
        const ran verified = run("$tenon verify shop");
        EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
        edit_spec("due: date?", "due: date?\r\n      estimate: int?");
        const ran planned = run("$tenon generate shop/spec.yaml");
        ASSERT_EQ(planned.exit_code, 0) << planned.err;
        const ran applied = run("$apply shop --apply");
        EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
        EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
        EXPECT_THAT(slurp(here / "shop/src/domain/task.hpp"), HasSubstr("estimate;\r\n"));
        EXPECT_THAT(with_carriage_returns(".tenon"), IsEmpty());
        EXPECT_THAT(with_carriage_returns("migrations"), IsEmpty());
        EXPECT_THAT(with_carriage_returns(".githooks"), IsEmpty());
        // Nothing but what the new field brings.
        const ran changed = run(std::string(git) + "cd shop && git add -A 2>/dev/null && git diff --cached --stat");
        EXPECT_THAT(changed.out, testing::Not(HasSubstr("README.md"))) << changed.out;
        EXPECT_THAT(changed.out, HasSubstr("src/domain/task.hpp"));
    }
};

TEST_F(line_ends, changed_by_git_in_a_clone_are_no_conflict) {
    make_shop();
    clone();
    expect_next_version_without_conflict();
}

TEST_F(line_ends, rules_of_the_users_own_do_not_reach_the_records) {
    make_shop();
    append("shop/.gitattributes", "* text=auto\n*.sql text\n");
    clone();
    expect_next_version_without_conflict();
}

TEST_F(line_ends, changed_in_the_records_are_named_with_the_way_back) {
    make_shop();
    fs::remove(here / "shop/.tenon/.gitattributes");
    fs::remove(here / "shop/migrations/.gitattributes");
    clone();
    const ran refused = run("$tenon verify shop");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("core.autocrlf"));
    must("cd shop && rm -r .tenon migrations && git -c core.autocrlf=input checkout -- .tenon migrations");
    const ran verified = run("$tenon verify shop");
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

}  // namespace
}  // namespace tenon::gen
