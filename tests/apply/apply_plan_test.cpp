// The apply-plan program: dry runs, parts, conflicts, stale and hostile plans, exit codes.
#include "program.hpp"

namespace tenon::gen {
namespace {

class apply_plan_program : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
    }

    /// Temporary files below src/.
    std::vector<std::string> stray_files() const {
        std::vector<std::string> strays;
        for (const auto& [path, text] : snapshot(here / "shop/src")) {
            if (path.ends_with(".tenon-tmp")) strays.push_back(path);
        }
        return strays;
    }

    void plan_a_change() const {
        edit_spec("due: date?", "due: date?\n      estimate: int?");
        const ran planned = run("$tenon generate shop/spec.yaml");
        ASSERT_EQ(planned.exit_code, 0) << planned.err;
    }
};

TEST_F(apply_plan_program, a_dry_run_shows_and_writes_nothing) {
    plan_a_change();
    const auto before = snapshot(here);
    const ran shown = run("$apply shop --diff");
    EXPECT_EQ(shown.exit_code, 2);
    EXPECT_NE(shown.out.find("+++ b/src/domain/task.hpp"), std::string::npos) << shown.out;
    EXPECT_NE(shown.out.find("to update"), std::string::npos);
    EXPECT_EQ(shown.out.find('\x1b'), std::string::npos);
    const ran checked = run("$apply shop --check");
    EXPECT_EQ(checked.exit_code, 2);
    EXPECT_EQ(checked.out, "");
    const ran json = run("$apply shop --json");
    EXPECT_EQ(json.exit_code, 2);
    EXPECT_NE(json.out.find("\"status\": \"pending\""), std::string::npos);
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
}

TEST_F(apply_plan_program, the_summary_fits_a_screen) {
    edit_spec("  Task:",
              "  Line:\n    fields: {name: text}\n    access: {read: member, create: member, update: member, "
              "delete: member}\n  Task:");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    const std::string out = run("$apply shop").out;
    EXPECT_LE(std::count(out.begin(), out.end(), '\n'), 36);
}

TEST_F(apply_plan_program, applies_all_or_a_part) {
    plan_a_change();
    const ran part = run("$apply --only 'src/domain/*' shop --apply");
    EXPECT_EQ(part.exit_code, 2) << part.err;
    EXPECT_NE(slurp(here / "shop/src/domain/task.hpp").find("estimate"), std::string::npos);
    EXPECT_EQ(slurp(here / "shop/openapi.yaml").find("estimate"), std::string::npos);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_NE(slurp(here / "shop/openapi.yaml").find("estimate"), std::string::npos);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    EXPECT_FALSE(fs::exists(here / "shop/.tenon/local/stage"));
}

TEST_F(apply_plan_program, a_part_never_splits_a_migration) {
    plan_a_change();
    const auto planned = snapshot(here / "shop");
    ASSERT_EQ(run("cp -a shop planned").exit_code, 0);
    for (const char* part : {"migrations/**", ".tenon/**", "migrations/sqlite/*.up.sql"}) {
        const ran applied = run(std::string("$apply shop --apply --only '") + part + "'");
        ASSERT_EQ(applied.exit_code, 2) << applied.err;
        std::size_t files = 0;
        for (const auto& [path, text] : snapshot(here / "shop")) {
            const bool counts = path.starts_with("migrations/") || path.starts_with(".tenon/schema/");
            if (counts && !planned.contains(path)) ++files;
        }
        EXPECT_EQ(files, 5u) << part;
        append("shop/src/domain/task.hpp", "// mine\n");
        EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0) << part;
        EXPECT_EQ(run("$tenon verify shop").exit_code, 2) << part;
        ASSERT_EQ(run("rm -rf shop && cp -a planned shop").exit_code, 0);
    }
}

TEST_F(apply_plan_program, applying_leads_to_the_very_tree_of_a_fresh_generate) {
    plan_a_change();
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --out fresh").exit_code, 0);
    for (const char* folder : {"src", "tests", "third_party"}) {
        EXPECT_EQ(differing(snapshot(here / "shop" / folder), snapshot(here / "fresh" / folder)), no_paths) << folder;
    }
}

TEST_F(apply_plan_program, a_conflict_is_set_aside_and_said_until_it_is_resolved) {
    std::string mine = slurp(here / "shop/src/domain/task.hpp");
    const auto due = mine.find("due;");
    ASSERT_NE(due, std::string::npos);
    mine.insert(mine.find('\n', due), "  // mine");
    spill(here / "shop/src/domain/task.hpp", mine);
    edit_spec("due: date?", "until: date?");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --allow-destructive").exit_code, 0);
    EXPECT_NE(slurp(here / "shop/.tenon/conflicts.json").find("// mine"), std::string::npos);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 3);
    EXPECT_EQ(slurp(here / "shop/src/domain/task.hpp"), mine);
    EXPECT_NE(slurp(here / "shop/src/domain/task.hpp.new").find("until"), std::string::npos);
    EXPECT_EQ(slurp(here / "shop/.tenon/conflicts.json").find("staged"), std::string::npos);
    EXPECT_EQ(run("$apply shop --check").exit_code, 3);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 3);
    fs::rename(here / "shop/src/domain/task.hpp.new", here / "shop/src/domain/task.hpp");
    EXPECT_EQ(run("$apply shop --check").exit_code, 0);
    EXPECT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply && $tenon verify shop").exit_code, 0);
    EXPECT_FALSE(fs::exists(here / "shop/.tenon/conflicts.json"));
}

TEST_F(apply_plan_program, what_is_settled_by_hand_is_recorded_by_resolve) {
    std::string mine = slurp(here / "shop/src/domain/task.hpp");
    mine.insert(mine.find('\n', mine.find("due;")), "  // mine");
    spill(here / "shop/src/domain/task.hpp", mine);
    edit_spec("due: date?", "until: date?");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --allow-destructive").exit_code, 0);
    ASSERT_EQ(run("$apply shop --apply").exit_code, 3);
    fs::remove(here / "shop/src/domain/task.hpp.new");
    const ran red = run("$tenon verify shop");
    EXPECT_EQ(red.exit_code, 2);
    EXPECT_NE(red.out.find("tenon resolve shop"), std::string::npos) << red.out;
    EXPECT_NE(run("$apply shop").out.find("`tenon resolve shop` records it"), std::string::npos);
    const ran recorded = run("$tenon resolve shop");
    EXPECT_EQ(recorded.exit_code, 0) << recorded.err;
    EXPECT_NE(recorded.out.find("Recorded as settled by hand: src/domain/task.hpp"), std::string::npos);
    EXPECT_EQ(run("$tenon resolve shop").out, "No conflict is open.\n");
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    EXPECT_EQ(run("$apply shop").out.find("by hand"), std::string::npos);
    EXPECT_EQ(slurp(here / "shop/src/domain/task.hpp"), mine);
    EXPECT_FALSE(fs::exists(here / "shop/.tenon/conflicts.json"));
}

TEST_F(apply_plan_program, a_migration_loses_what_is_named_and_no_more) {
    edit_spec("due: date?", "until: date?");
    const ran refused = run("$tenon generate --allow-destructive=column:tasks.title,table:tasks shop/spec.yaml");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("--allow-destructive=column:tasks.due"), std::string::npos) << refused.err;
    const ran unknown = run("$tenon generate --allow-destructive=due shop/spec.yaml");
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_NE(unknown.err.find("column:TABLE.COLUMN"), std::string::npos) << unknown.err;
    const ran planned = run("$tenon generate --allow-destructive=column:tasks.due shop/spec.yaml");
    EXPECT_EQ(planned.exit_code, 0) << planned.err;
}

TEST_F(apply_plan_program, a_plan_overtaken_by_an_edit_is_refused_whole) {
    plan_a_change();
    append("shop/openapi.yaml", "# mine\n");
    const auto before = snapshot(here);
    const ran refused = run("$apply shop --apply");
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_NE(refused.out.find("openapi.yaml"), std::string::npos) << refused.out;
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
}

TEST_F(apply_plan_program, undo_brings_back_what_was_there_and_the_plan) {
    append("shop/openapi.yaml", "# mine\n");
    plan_a_change();
    const auto before = snapshot(here / "shop");
    ASSERT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_NE(differing(snapshot(here / "shop"), before), no_paths);
    const ran undone = run("$apply shop --undo");
    EXPECT_EQ(undone.exit_code, 0) << undone.err;
    EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
    EXPECT_EQ(run("$apply shop --undo").exit_code, 1);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    append("shop/openapi.yaml", "# more\n");
    const ran refused = run("$apply shop --undo --json");
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_NE(refused.out.find("\"not_undone\": [\"openapi.yaml\"]"), std::string::npos) << refused.out;
}

TEST_F(apply_plan_program, edits_and_changes_in_different_places_are_merged) {
    append("shop/src/domain/task.hpp", "// mine\n");
    plan_a_change();
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    const std::string merged = slurp(here / "shop/src/domain/task.hpp");
    EXPECT_NE(merged.find("estimate"), std::string::npos);
    EXPECT_TRUE(merged.ends_with("// mine\n"));
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(apply_plan_program, a_project_in_use_is_left_alone) {
    plan_a_change();
    const ran busy = run("flock shop $apply shop --apply");
    EXPECT_EQ(busy.exit_code, 1);
    EXPECT_NE(busy.err.find("at work"), std::string::npos) << busy.err;
}

TEST_F(apply_plan_program, a_hostile_plan_changes_nothing_anywhere) {
    plan_a_change();
    spill(here / "victim", "victim");
    const std::string good = slurp(here / "shop/.tenon/plan.json");
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    const std::string spec_entry = "{\"path\": \"spec.yaml\"";
    for (const std::string& plan :
         {with(spec_entry, "{\"path\": \"../victim\""), with(spec_entry, "{\"path\": \"/etc/hosts\""),
          with(spec_entry, "{\"path\": \".git/config\""), with("\"update\"", "\"delete\""),
          with("\"files\": [", "\"files\": [[[[[[[[[[[[[["), std::string("{}"), std::string(), std::string(70000, '['),
          with("\"format_version\": 2", "\"format_version\": 99")}) {
        spill(here / "shop/.tenon/plan.json", plan);
        const auto before = snapshot(here);
        EXPECT_EQ(run("$apply shop --apply").exit_code, 1) << plan.substr(0, 300);
        EXPECT_EQ(differing(snapshot(here), before), no_paths);
    }
}

TEST_F(apply_plan_program, a_link_out_of_the_project_is_not_followed) {
    plan_a_change();
    fs::rename(here / "shop/src", here / "elsewhere");
    fs::create_directory_symlink(here / "elsewhere", here / "shop/src");
    const auto before = snapshot(here);
    const ran refused = run("$apply shop --apply");
    EXPECT_EQ(refused.exit_code, 4);
    EXPECT_NE(refused.out.find("src/CMakeLists.txt"), std::string::npos) << refused.out;
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
}

TEST_F(apply_plan_program, says_what_is_missing) {
    fs::create_directory(here / "plain");
    const ran no_plan = run("$apply plain");
    EXPECT_EQ(no_plan.exit_code, 1);
    EXPECT_NE(no_plan.err.find("no plan"), std::string::npos);
    EXPECT_EQ(run("$apply nowhere").exit_code, 1);
    EXPECT_EQ(run("$apply").exit_code, 1);
    EXPECT_EQ(run("$apply --help").exit_code, 0);
    const ran json = run("$apply nowhere --json");
    EXPECT_NE(json.out.find("\"status\": \"failed\""), std::string::npos);
}

TEST_F(apply_plan_program, a_run_that_is_killed_is_put_right_by_the_next) {
    plan_a_change();
    const auto before = snapshot(here / "shop/src");
    // The kernel kills the process when it writes the first file of more than some kilobytes.
    EXPECT_NE(run("ulimit -f 16 && $apply shop --apply").exit_code, 0);
    EXPECT_EQ(differing(snapshot(here / "shop/src"), before).size(), stray_files().size());
    EXPECT_EQ(run("$apply shop").exit_code, 2);
    for (const char* reader : {"verify shop", "resolve shop", "explain shop/src/domain/task.hpp:1"}) {
        const ran told = run(std::string("$tenon ") + reader);
        EXPECT_EQ(told.exit_code, 2) << reader << told.out;
        EXPECT_NE(told.err.find("an earlier run was interrupted"), std::string::npos) << reader << told.err;
        EXPECT_NE(told.err.find("--apply` finishes or undoes it"), std::string::npos) << reader;
    }
    const ran again = run("$apply shop --apply");
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_NE(again.out.find("interrupted run was undone"), std::string::npos) << again.out;
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    for (const auto& [path, text] : snapshot(here / "shop")) {
        EXPECT_EQ(path.find("tenon-tmp"), std::string::npos) << path;
        EXPECT_EQ(path.find(".tenon/local/journal"), std::string::npos) << path;
    }
}

TEST_F(apply_plan_program, half_of_an_apply_is_not_judged) {
    plan_a_change();
    // As a kill behind the point of no return leaves it: some files are new, and a record is still to come.
    spill(here / "shop/.tenon/local/journal.committed", "");
    fs::remove(here / "shop/spec.yaml");
    const ran told = run("$tenon verify shop");
    EXPECT_EQ(told.exit_code, 2) << told.out;
    EXPECT_NE(told.err.find("an earlier run was interrupted"), std::string::npos) << told.err;
    EXPECT_EQ(told.err.find("version control"), std::string::npos) << told.err;
}

TEST_F(apply_plan_program, a_pipe_in_place_of_a_file_is_not_waited_for) {
    for (const char* path : {"shop/spec.yaml", "shop/.tenon/plan.json", "shop/.tenon/manifest.json"}) {
        const std::string text = slurp(here / path);
        fs::remove(here / path);
        ASSERT_EQ(run(std::string("mkfifo ") + path).exit_code, 0);
        for (const char* command : {"$tenon verify shop", "$tenon generate shop/spec.yaml --out shop", "$apply shop",
                                    "$tenon explain shop/src/domain/task.hpp:1"}) {
            EXPECT_LT(run(std::string("timeout 20 ") + command).exit_code, 100) << path << command;
        }
        fs::remove(here / path);
        spill(here / path, text);
    }
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

}  // namespace
}  // namespace tenon::gen
