// What a change means is in the plan, on the screen, and stops a run that asked for it.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "tests/apply/program.hpp"

namespace tenon::gen {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class gates_program : public program_test {
  protected:
    void SetUp() override {
        program_test::SetUp();
        make_shop();
    }

    std::vector<std::string> kinds() const {
        const auto plan = boost::json::parse(slurp(here / "shop/.tenon/plan.json"));
        std::vector<std::string> out;
        for (const auto& one : plan.at("impacts").as_array()) out.emplace_back(one.at("kind").as_string());
        return out;
    }

    void expect_valid(const std::string& file, const std::string& name) const {
        const auto schema_text = boost::json::parse(slurp(fs::path(TENON_SCHEMAS) / (name + ".schema.json")));
        valijson::Schema schema;
        valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(schema_text), schema);
        const auto document = boost::json::parse(slurp(here / "shop" / file));
        valijson::ValidationResults wrong;
        EXPECT_TRUE(valijson::Validator().validate(schema, valijson::adapters::BoostJsonAdapter(document), &wrong))
            << file;
        for (valijson::ValidationResults::Error error; wrong.popError(error);) ADD_FAILURE() << error.description;
    }
};

TEST_F(gates_program, a_plan_tells_what_it_means_with_the_line_of_the_spec) {
    edit_spec("      due: date?\n", "      effort: int\n");
    edit_spec("update: member, delete: [admin, creator]", "update: admin, delete: member");
    const ran planned = run("$tenon generate shop/spec.yaml --allow-destructive");
    ASSERT_EQ(planned.exit_code, 0) << planned.err;
    for (const char* kind : {"column_dropped", "column_added", "request_field_removed", "request_field_required",
                             "response_field_removed", "grant_removed", "grant_widened"}) {
        EXPECT_THAT(kinds(), Contains(kind));
    }
    EXPECT_THAT(planned.out, testing::StartsWith("  ! warning     the role 'member' may now do task:delete"));
    const std::string after_widening = planned.out.substr(planned.out.find('\n') + 1);
    EXPECT_THAT(after_widening, testing::StartsWith("  ! destructive ")) << "then comes what is lost";
    EXPECT_THAT(planned.out, HasSubstr("(spec.yaml:"));
    expect_valid(".tenon/plan.json", "plan");
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
}

TEST_F(gates_program, a_renamed_field_is_said_to_be_one) {
    edit_spec("      due: date?\n", "      deadline: {type: \"date?\", was: due}\n");
    const ran planned = run("$tenon generate shop/spec.yaml");
    ASSERT_EQ(planned.exit_code, 0) << planned.err;
    EXPECT_THAT(kinds(), Contains("column_renamed"));
    EXPECT_THAT(kinds(), Not(Contains("column_dropped")));
    EXPECT_THAT(planned.out, HasSubstr("Task: due is no longer in answers: it is called deadline"));
}

TEST_F(gates_program, a_bin_of_its_own_is_told_though_a_cascade_keeps_its_columns) {
    const std::string rights = "access: {read: member, create: member, update: member, delete: member}";
    const std::string thing = "      box: {type: \"ref Box?\", on_delete: cascade}\n    " + rights + "\n";
    append("shop/spec.yaml", "  Box:\n    fields:\n      name: string(1..9)\n    " + rights +
                                 "\n    soft_delete: true\n  Thing:\n    fields:\n" + thing +
                                 "    soft_delete: {keep: 90d}\n");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml && $apply shop --apply").exit_code, 0);
    edit_spec("    soft_delete: {keep: 90d}\n", "");
    const ran refused = run("$tenon generate shop/spec.yaml");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("--allow-destructive=column:things.deleted_at"));
    const ran stopped =
        run("$tenon generate shop/spec.yaml --allow-destructive=column:things.deleted_at --fail-on destructive");
    EXPECT_EQ(stopped.exit_code, 5) << stopped.out;
    EXPECT_THAT(kinds(), Contains("bin_dropped"));
    EXPECT_THAT(stopped.out, HasSubstr("what was deleted softly comes back"));
    expect_valid(".tenon/plan.json", "plan");
}

TEST_F(gates_program, fail_on_ends_generate_with_5_and_still_leaves_the_plan) {
    edit_spec("update: member, delete: [admin, creator]", "update: admin, delete: member");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --fail-on destructive,breaks-api").exit_code, 0);
    const ran stopped = run("$tenon generate shop/spec.yaml --fail-on destructive --fail-on widens-access");
    EXPECT_EQ(stopped.exit_code, 5);
    EXPECT_THAT(stopped.err, HasSubstr("may now do task:delete"));
    EXPECT_TRUE(fs::exists(here / "shop/.tenon/plan.json"));
    const ran typo = run("$tenon generate shop/spec.yaml --fail-on widen-access");
    EXPECT_EQ(typo.exit_code, 1);
    EXPECT_THAT(typo.err, HasSubstr("'widens-access'"));
}

TEST_F(gates_program, apply_plan_does_not_write_what_fail_on_objects_to) {
    edit_spec("update: member, delete: [admin, creator]", "update: admin, delete: [admin, creator]");
    ASSERT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    const auto before = snapshot(here / "shop");
    const ran stopped = run("$apply shop --apply --fail-on narrows-access");
    EXPECT_EQ(stopped.exit_code, 5) << stopped.out;
    EXPECT_EQ(differing(snapshot(here / "shop"), before), no_paths);
    const auto json = boost::json::parse(run("$apply shop --json --fail-on narrows-access").out);
    EXPECT_EQ(json.at("status").as_string(), "gated");
    EXPECT_FALSE(json.at("caught").as_array().empty());
    EXPECT_EQ(run("$apply shop --apply --fail-on widens-access").exit_code, 0);
    EXPECT_EQ(run("$apply shop --fail-on narrows-access").exit_code, 0) << "what is applied is past";
}

TEST_F(gates_program, code_that_uses_names_which_are_gone_is_named_as_long_as_it_does) {
    const std::string hooks = slurp(here / "shop/src/custom/task_hooks.cpp");
    spill(here / "shop/src/custom/task_hooks.cpp", "#include <tenon/http/call.hpp>\n" + hooks);
    spill(here / "shop/src/custom/own.cpp", "// tenon::http::route\ntenon::http::route own();\n");
    edit_spec("title: string(1..200)", "title: string(1..300)");
    const ran stopped = run("$tenon generate shop/spec.yaml --fail-on breaks-code");
    EXPECT_EQ(stopped.exit_code, 5) << stopped.out;
    for (const char* place : {"src/custom/task_hooks.cpp:1", "src/custom/own.cpp:2"}) {
        EXPECT_THAT(stopped.out, HasSubstr("(" + std::string(place) + ")"));
        EXPECT_THAT(stopped.err, HasSubstr(std::string(place) + ": breaking: "));
    }
    EXPECT_THAT(kinds(), Contains("header_removed"));
    EXPECT_THAT(kinds(), Contains("name_removed"));
    expect_valid(".tenon/plan.json", "plan");
    EXPECT_EQ(run("$apply shop --apply --fail-on breaks-code").exit_code, 5);
    spill(here / "shop/src/custom/task_hooks.cpp", hooks);
    spill(here / "shop/src/custom/own.cpp", "tenon::service::route own();\n");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --fail-on breaks-code").exit_code, 0);
    EXPECT_THAT(kinds(), Not(Contains("name_removed")));
    EXPECT_EQ(run("$apply shop --apply --fail-on breaks-code").exit_code, 0);
}

TEST_F(gates_program, code_that_uses_names_which_are_gone_is_named_when_nothing_else_is_to_do) {
    spill(here / "shop/src/custom/own.cpp", "tenon::http::route own();\n");
    const ran planned = run("$tenon generate shop/spec.yaml");
    EXPECT_EQ(planned.exit_code, 0) << planned.err;
    EXPECT_THAT(planned.out, HasSubstr("(src/custom/own.cpp:1)"));
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --fail-on breaks-code").exit_code, 5);
    const ran verified = run("$tenon verify shop");
    EXPECT_EQ(verified.exit_code, 0) << "the tree is what its spec generates";
    EXPECT_THAT(verified.out, HasSubstr("(src/custom/own.cpp:1)"));
    spill(here / "shop/src/custom/own.cpp", "tenon::service::route own();\n");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --fail-on breaks-code").exit_code, 0);
    EXPECT_THAT(run("$tenon verify shop").out, Not(HasSubstr("own.cpp")));
}

TEST_F(gates_program, conflicts_and_their_file_satisfy_their_schema) {
    std::string text = slurp(here / "shop/src/domain/task.cpp");
    spill(here / "shop/src/domain/task.cpp", text.replace(text.find("1, 200)"), 7, "2, 200)"));
    edit_spec("title: string(1..200)", "title: string(1..300)");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --fail-on conflicts").exit_code, 5);
    expect_valid(".tenon/conflicts.json", "conflicts");
    expect_valid(".tenon/plan.json", "plan");
    expect_valid(".tenon/manifest.json", "manifest");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --on-conflict abort").exit_code, 1);
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --on-conflict mine --fail-on conflicts").exit_code, 0);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_THAT(slurp(here / "shop/src/domain/task.cpp"), HasSubstr("2, 200)"));
}

TEST_F(gates_program, verify_reports_to_programs_and_to_ci) {
    const auto clean = boost::json::parse(run("$tenon verify shop --json").out);
    EXPECT_EQ(clean.at("status").as_string(), "clean");
    EXPECT_EQ(run("$tenon verify shop --format github").out, "");
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    const ran json = run("$tenon verify shop --json");
    EXPECT_EQ(json.exit_code, 2);
    EXPECT_EQ(boost::json::parse(json.out).at("status").as_string(), "pending");
    const ran github = run("$tenon verify shop --format github");
    EXPECT_EQ(github.exit_code, 2);
    EXPECT_THAT(github.out, HasSubstr("::error file=src/domain/task.hpp::"));
}

TEST_F(gates_program, restore_brings_a_deleted_file_back) {
    fs::remove(here / "shop/Dockerfile");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --restore nothing.txt").exit_code, 1);
    ASSERT_EQ(run("$tenon generate shop/spec.yaml --restore Dockerfile").exit_code, 0);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / "shop/Dockerfile"));
}

TEST_F(gates_program, an_unknown_command_names_the_nearest) {
    const ran near = run("$tenon genrate shop/spec.yaml");
    EXPECT_EQ(near.exit_code, 1);
    EXPECT_THAT(near.err, HasSubstr("did you mean 'generate'?"));
    EXPECT_THAT(run("$tenon xyzzy").err, HasSubstr("the commands are"));
}

}  // namespace
}  // namespace tenon::gen
