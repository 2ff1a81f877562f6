// A renamed entity, through the programs: the project is that of a fresh generate, plus the user's edits.
#include "program.hpp"

namespace tenon::gen {
namespace {

class rename_program : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
    }

    void rename_task_to_job() const {
        edit_spec("  Task:", "  Job:\n    was: Task");
        const ran planned = run("$tenon generate shop/spec.yaml");
        ASSERT_EQ(planned.exit_code, 0) << planned.err;
    }
};

TEST_F(rename_program, leads_to_the_tree_of_a_fresh_generate) {
    rename_task_to_job();
    EXPECT_NE(run("$apply shop").out.find("src/domain/task.hpp -> src/domain/job.hpp"), std::string::npos);
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --out fresh").exit_code, 0);
    for (const char* folder : {"src", "docs", "third_party", ".tenon/base/src"}) {
        EXPECT_EQ(differing(snapshot(here / "shop" / folder), snapshot(here / "fresh" / folder)), no_paths) << folder;
    }
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, carries_edits_of_every_kind_of_file) {
    append("shop/src/domain/task.hpp", "// a task of mine\n");
    append("shop/src/custom/task_hooks.cpp", "using mine = domain::task;\n");
    append("shop/src/api/routes.cpp", "void mine(domain::task t);\n");
    rename_task_to_job();
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(slurp(here / "shop/src/domain/job.hpp").ends_with("// a job of mine\n"));
    EXPECT_TRUE(slurp(here / "shop/src/custom/job_hooks.cpp").ends_with("using mine = domain::job;\n"));
    EXPECT_TRUE(slurp(here / "shop/src/api/routes.cpp").ends_with("void mine(domain::job t);\n"));
    for (const auto& [path, text] : snapshot(here / "shop/src")) {
        EXPECT_EQ(path.find("task"), std::string::npos) << path;
    }
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, goes_back_with_undo) {
    append("shop/src/domain/task.hpp", "// a task of mine\n");
    rename_task_to_job();
    const auto before = snapshot(here / "shop");
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    ASSERT_EQ(run("$apply shop --undo").exit_code, 0);
    EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
}

}  // namespace
}  // namespace tenon::gen
