// tenon adopt: a tree without records becomes a project; nothing in it is overwritten.
#include <gmock/gmock.h>

#include "tests/apply/program.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

class adopt_program : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
        fs::remove_all(here / "shop/.tenon");
    }
};

TEST_F(adopt_program, a_tree_as_generated_is_clean_at_once) {
    const auto before = snapshot(here / "shop");
    const ran adopted = run("$tenon adopt shop");
    EXPECT_EQ(adopted.exit_code, 0) << adopted.err;
    for (const auto& [path, text] : before) EXPECT_EQ(slurp(here / "shop" / path), text) << path;
    EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    const ran verified = run("$tenon verify shop");
    EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
    EXPECT_EQ(run("$tenon adopt shop").exit_code, 1) << "it is a project now";
}

TEST_F(adopt_program, edits_stay_and_later_changes_are_merged_into_them) {
    append("shop/src/domain/task.hpp", "// mine\n");
    fs::remove(here / "shop/Dockerfile");
    const auto before = snapshot(here / "shop");
    const ran adopted = run("$tenon adopt shop");
    EXPECT_EQ(adopted.exit_code, 0) << adopted.err;
    EXPECT_THAT(adopted.out, HasSubstr("  src/domain/task.hpp\n"));
    EXPECT_THAT(adopted.out, HasSubstr("1 edited"));
    for (const auto& [path, text] : before) EXPECT_EQ(slurp(here / "shop" / path), text) << path;
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / "shop/Dockerfile")) << "what was not there is planned like any new file";
    const std::string header = slurp(here / "shop/src/domain/task.hpp");
    EXPECT_THAT(header, HasSubstr("estimate"));
    EXPECT_TRUE(header.ends_with("// mine\n"));
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / "shop/migrations/sqlite/0002_add_tasks_estimate.up.sql"));
}

TEST_F(adopt_program, refuses_what_would_lose_the_history_of_migrations) {
    append("shop/migrations/sqlite/0001_initial.up.sql", "-- more\n");
    const auto before = snapshot(here / "shop");
    const ran refused = run("$tenon adopt shop");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("migrations/sqlite/0001_initial.up.sql"));
    EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
}

TEST_F(adopt_program, takes_the_spec_that_is_given_and_no_other) {
    spill(here / "other.yaml", "# another\n" + slurp(here / "shop/spec.yaml"));
    EXPECT_EQ(run("$tenon adopt shop --spec other.yaml").exit_code, 1);
    fs::remove(here / "shop/spec.yaml");
    EXPECT_EQ(run("$tenon adopt shop").exit_code, 1);
    const ran adopted = run("$tenon adopt shop --spec other.yaml");
    EXPECT_EQ(adopted.exit_code, 0) << adopted.err;
    EXPECT_TRUE(slurp(here / "shop/spec.yaml").starts_with("# another\n"));
    EXPECT_EQ(run("mkdir empty && $tenon adopt empty --spec other.yaml").exit_code, 1);
    EXPECT_EQ(run("$tenon adopt nowhere --spec other.yaml").exit_code, 1);
}

}  // namespace
}  // namespace tenon::gen
