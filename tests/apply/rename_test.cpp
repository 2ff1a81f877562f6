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
    for (const char* folder : {"src", "docs", "third_party"}) {
        EXPECT_EQ(differing(snapshot(here / "shop" / folder), snapshot(here / "fresh" / folder)), no_paths) << folder;
    }
    EXPECT_EQ(slurp(here / "shop/.tenon/bases"), slurp(here / "fresh/.tenon/bases"));
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, carries_edits_of_every_kind_of_file) {
    append("shop/src/domain/task.hpp", "// a task of mine\n");
    append("shop/src/custom/task_hooks.cpp", "using mine = domain::task;  // a task\nauto words = \"my task\";\n");
    append("shop/src/api/routes.cpp", "void mine(domain::task t);\n");
    rename_task_to_job();
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(slurp(here / "shop/src/domain/job.hpp").ends_with("// a task of mine\n"));
    EXPECT_TRUE(slurp(here / "shop/src/custom/job_hooks.cpp")
                    .ends_with("using mine = domain::job;  // a task\nauto words = \"my task\";\n"));
    EXPECT_TRUE(slurp(here / "shop/src/api/routes.cpp").ends_with("void mine(domain::job t);\n"));
    for (const auto& [path, text] : snapshot(here / "shop/src")) {
        EXPECT_EQ(path.find("task"), std::string::npos) << path;
    }
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, one_word_becomes_two_and_each_place_gets_its_form) {
    append("shop/src/custom/task_hooks.cpp", "using mine = shop::domain::task;\nauto late = \"/v1/tasks/late\";\n");
    append("shop/src/api/task_handlers.cpp",
           "bool ours(const shop::domain::task& one) { return one.due.has_value(); }\n");
    edit_spec("  Task:", "  HouseTask:\n    was: Task");
    edit_spec("due: date?", "promised_on: {type: \"date?\", was: due}");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(slurp(here / "shop/src/custom/house_task_hooks.cpp")
                    .ends_with("using mine = shop::domain::house_task;\nauto late = \"/v1/house-tasks/late\";\n"));
    const std::string handlers = slurp(here / "shop/src/api/house_task_handlers.cpp");
    EXPECT_TRUE(
        handlers.ends_with("bool ours(const shop::domain::house_task& one) { return one.promised_on.has_value(); }\n"));
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --out fresh").exit_code, 0);
    EXPECT_TRUE(handlers.starts_with(slurp(here / "fresh/src/api/house_task_handlers.cpp")));
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, a_plural_of_its_own_is_carried) {
    edit_spec("  Task:", "  Task:\n    plural: errands");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply").exit_code, 0);
    append("shop/src/custom/task_hooks.cpp", "namespace mine { using shop::storage::errands::find; }\n");
    append("shop/src/api/routes.cpp", "namespace mine { using shop::storage::errands::find; }\n");
    edit_spec("  Task:\n    plural: errands", "  Job:\n    was: Task\n    plural: all_jobs");
    const ran planned = run("$tenon generate shop/spec.yaml && $apply shop --apply");
    ASSERT_EQ(planned.exit_code, 0) << planned.out << planned.err;
    const std::string renamed = "namespace mine { using shop::storage::all_jobs::find; }\n";
    EXPECT_TRUE(slurp(here / "shop/src/custom/job_hooks.cpp").ends_with(renamed));
    EXPECT_TRUE(slurp(here / "shop/src/api/routes.cpp").ends_with(renamed));
}

TEST_F(rename_program, hooks_follow_a_new_plural) {
    append("shop/src/custom/task_hooks.cpp", "namespace mine { using shop::storage::tasks::find; }\n");
    edit_spec("  Task:", "  Task:\n    plural: errands");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply").exit_code, 0);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --out fresh").exit_code, 0);
    EXPECT_EQ(
        slurp(here / "shop/src/custom/task_hooks.cpp"),
        slurp(here / "fresh/src/custom/task_hooks.cpp") + "namespace mine { using shop::storage::errands::find; }\n");
    EXPECT_EQ(differing(snapshot(here / "shop/src/hooks"), snapshot(here / "fresh/src/hooks")), no_paths);
    // Once carried, the file is the user's again.
    append("shop/src/custom/task_hooks.cpp", "auto tasks = 1;\n");
    const std::string hooks = slurp(here / "shop/src/custom/task_hooks.cpp");
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply").exit_code, 0);
    EXPECT_EQ(slurp(here / "shop/src/custom/task_hooks.cpp"), hooks);
}

TEST_F(rename_program, hooks_follow_plurals_that_are_exchanged) {
    edit_spec("  Project:", "  Project:\n    plural: errands");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply").exit_code, 0);
    edit_spec("    plural: errands", "    plural: tasks");
    edit_spec("  Task:", "  Task:\n    plural: errands");
    const ran planned = run("$tenon generate shop/spec.yaml && $apply shop --apply");
    ASSERT_EQ(planned.exit_code, 0) << planned.out << planned.err;
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --out fresh").exit_code, 0);
    EXPECT_EQ(differing(snapshot(here / "shop/src"), snapshot(here / "fresh/src")), no_paths);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, hooks_follow_a_renamed_field) {
    const std::string mine =
        "bool ours(const shop::domain::task& one) { return one.due.has_value(); }\n"
        "constexpr auto late = \"SELECT due FROM tasks WHERE due < $2\";\n";
    append("shop/src/custom/task_hooks.cpp", mine + "struct my_task { int due; };  // due\n");
    const std::string other = slurp(here / "shop/src/custom/project_hooks.cpp");
    edit_spec("due: date?", "promised_on: {type: \"date?\", was: due}");
    const ran planned = run("$tenon generate shop/spec.yaml");
    ASSERT_EQ(planned.exit_code, 0) << planned.err;
    EXPECT_NE(run("$apply shop").out.find("src/custom/task_hooks.cpp"), std::string::npos);
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(slurp(here / "shop/src/custom/task_hooks.cpp")
                    .ends_with("return one.promised_on.has_value(); }\n"
                               "constexpr auto late = \"SELECT promised_on FROM tasks WHERE promised_on < $2\";\n"
                               "struct my_task { int due; };  // due\n"));
    EXPECT_EQ(slurp(here / "shop/src/custom/project_hooks.cpp"), other);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    ASSERT_EQ(run("$apply shop --undo").exit_code, 0);
    EXPECT_NE(slurp(here / "shop/src/custom/task_hooks.cpp").find(mine), std::string::npos);
}

TEST_F(rename_program, a_part_never_splits_hooks_from_the_spec_that_names_them) {
    append("shop/src/custom/task_hooks.cpp", "constexpr auto late = \"SELECT due FROM tasks\";\n");
    edit_spec("due: date?", "promised_on: {type: \"date?\", was: due}");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    ASSERT_EQ(run("cp -a shop planned").exit_code, 0);
    for (const char* part : {"spec.yaml", "src/custom/**"}) {
        EXPECT_EQ(run(std::string("$apply shop --apply --only '") + part + "'").exit_code, 2) << part;
        EXPECT_TRUE(slurp(here / "shop/src/custom/task_hooks.cpp").ends_with("\"SELECT promised_on FROM tasks\";\n"))
            << part;
        ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0) << part;
        EXPECT_EQ(run("$apply shop").out.find("task_hooks.cpp"), std::string::npos) << part;
        ASSERT_EQ(run("rm -rf shop && cp -a planned shop").exit_code, 0);
    }
}

TEST_F(rename_program, what_is_undecided_in_hooks_waits_beside_them) {
    append("shop/src/custom/task_hooks.cpp",
           "bool a(const shop::domain::task& one) { return one.due.has_value(); }\n"
           "constexpr auto b = \"SELECT due FROM tasks, notes\";\n");
    edit_spec("due: date?", "promised_on: {type: \"date?\", was: due}");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 3);
    const fs::path hooks = here / "shop/src/custom/task_hooks.cpp";
    EXPECT_TRUE(
        slurp(hooks).ends_with("return one.promised_on.has_value(); }\n"
                               "constexpr auto b = \"SELECT due FROM tasks, notes\";\n"));
    EXPECT_TRUE(slurp(hooks.string() + ".new").ends_with("\"SELECT promised_on FROM tasks, notes\";\n"));
    EXPECT_EQ(run("$tenon verify shop").exit_code, 3);
    fs::remove(hooks.string() + ".new");
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(rename_program, the_tenants_word_and_values_are_carried_as_well) {
    append("shop/src/api/routes.cpp", "static const auto mine = permission::workspace_read;  // workspace\n");
    append("shop/src/domain/task.cpp",
           "bool mine(shop::domain::task_status s) { return s == shop::domain::task_status::doing; }\n");
    edit_spec("{name: workspace}", "{name: home_team}");
    edit_spec("[todo, doing, done]", "[todo, in_work (was doing), done]");
    const ran planned = run("$tenon generate shop/spec.yaml && $apply shop --apply");
    ASSERT_EQ(planned.exit_code, 0) << planned.out << planned.err;
    EXPECT_TRUE(slurp(here / "shop/src/api/routes.cpp")
                    .ends_with("static const auto mine = permission::home_team_read;  // workspace\n"));
    EXPECT_TRUE(
        slurp(here / "shop/src/domain/task.cpp").ends_with("{ return s == shop::domain::task_status::in_work; }\n"));
}

TEST_F(rename_program, a_name_that_another_entity_has_is_taken_in_two_steps) {
    edit_spec("      project: ref Project\n", "");
    edit_spec("[status, project]", "[status]");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --allow-destructive && $apply shop --apply").exit_code, 0);
    std::string spec = slurp(here / "shop/spec.yaml");
    const auto project = spec.find("  Project:");
    spec.erase(project, spec.find("  Task:") - project);
    spill(here / "shop/spec.yaml", spec);
    edit_spec("  Task:", "  Project:\n    was: Task");
    const auto before = snapshot(here / "shop");
    const ran planned = run("$tenon generate shop/spec.yaml --allow-destructive");
    EXPECT_EQ(planned.exit_code, 1);
    EXPECT_NE(planned.err.find("E034"), std::string::npos) << planned.err;
    EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
}

TEST_F(rename_program, an_entity_written_as_an_acronym_keeps_its_table_and_files) {
    edit_spec("  Task:", "  TASK:");
    const ran planned = run("$tenon generate shop/spec.yaml");
    ASSERT_EQ(planned.exit_code, 0) << planned.out << planned.err;
    EXPECT_EQ(planned.out.find("migrations/"), std::string::npos) << planned.out;
    EXPECT_EQ(slurp(here / "shop/.tenon/plan.json").find("\"breaking\""), std::string::npos) << "the API is as it was";
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_NE(slurp(here / "shop/openapi.yaml").find("\n    NewTASK:\n"), std::string::npos);
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
