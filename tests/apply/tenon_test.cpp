// The tenon command: new projects, plans for existing ones, refusals, helpers.
#include "program.hpp"

namespace tenon::gen {
namespace {

class tenon_program : public program_test {};

TEST_F(tenon_program, takes_a_newcomer_from_nothing_to_a_project) {
    const ran fresh = run("$tenon new shop");
    EXPECT_EQ(fresh.exit_code, 0);
    EXPECT_NE(fresh.out.find("tenon generate shop/spec.yaml"), std::string::npos);
    EXPECT_TRUE(slurp(here / "shop/spec.yaml").starts_with("# yaml-language-server: $schema="));
    const ran checked = run("$tenon validate shop/spec.yaml");
    EXPECT_EQ(checked.exit_code, 0) << checked.err;
    const ran made = run("$tenon generate shop/spec.yaml");
    EXPECT_EQ(made.exit_code, 0) << made.err;
    for (const char* path : {"CMakeLists.txt", "spec.yaml", ".tenon/plan.json", ".tenon/manifest.json",
                             ".tenon/local/.gitignore", "third_party/tenon/CMakeLists.txt"}) {
        EXPECT_TRUE(fs::exists(here / "shop" / path)) << path;
    }
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
    EXPECT_EQ(run("$apply shop").exit_code, 0);
    EXPECT_EQ(run("$tenon new shop").exit_code, 1);
}

TEST_F(tenon_program, a_second_generate_writes_nothing) {
    make_shop();
    std::map<std::string, fs::file_time_type> before;
    for (const auto& item : fs::recursive_directory_iterator(here)) before[item.path()] = item.last_write_time();
    const auto contents = snapshot(here);
    EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 0);
    EXPECT_EQ(differing(snapshot(here), contents), no_paths);
    for (const auto& item : fs::recursive_directory_iterator(here)) {
        EXPECT_EQ(item.last_write_time(), before[item.path()]) << item.path();
    }
}

TEST_F(tenon_program, gives_the_same_bytes_whatever_the_surroundings) {
    ASSERT_EQ(run("$tenon new shop && $tenon generate shop/spec.yaml --out here").exit_code, 0);
    const ran other =
        run("mkdir deep && cp shop/spec.yaml deep && cd deep && umask 077 && "
            "LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu HOME=/ $tenon generate spec.yaml --out elsewhere");
    ASSERT_EQ(other.exit_code, 0) << other.err;
    EXPECT_EQ(differing(snapshot(here / "deep/elsewhere"), snapshot(here / "here")), no_paths);
}

// row: D1-4.plan
TEST_F(tenon_program, plans_a_change_and_leaves_the_writing_to_apply_plan) {
    make_shop();
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    const auto before = snapshot(here / "shop/src");
    const ran planned = run("$tenon generate shop/spec.yaml");
    EXPECT_EQ(planned.exit_code, 0) << planned.err;
    EXPECT_EQ(differing(snapshot(here / "shop/src"), before), no_paths);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 2);
    EXPECT_EQ(run("$apply shop --apply").exit_code, 0);
    EXPECT_NE(snapshot(here / "shop/src"), before);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 0);
}

TEST_F(tenon_program, refuses_a_directory_that_is_not_its_own) {
    spill(here / "home/precious.txt", "mine");
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    const auto before = snapshot(here);
    const ran refused = run("$tenon generate shop/spec.yaml --out home");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("precious.txt"), std::string::npos);
    EXPECT_NE(refused.err.find("hint:"), std::string::npos);
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
}

TEST_F(tenon_program, accepts_an_empty_or_freshly_cloned_directory) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    fs::create_directory(here / "empty");
    spill(here / "cloned/.git/HEAD", "ref: refs/heads/main\n");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --out empty").exit_code, 0);
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --out cloned").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / "cloned/CMakeLists.txt"));
    EXPECT_EQ(slurp(here / "cloned/.git/HEAD"), "ref: refs/heads/main\n");
    EXPECT_EQ(run("$tenon verify cloned").exit_code, 0);
}

TEST_F(tenon_program, several_specs_go_below_one_folder_and_a_bad_one_does_not_stop_the_others) {
    ASSERT_EQ(run("$tenon new one && $tenon new two").exit_code, 0);
    spill(here / "bad.yaml", "tenon: 1\nnonsense: true\n");
    const ran all = run("$tenon generate one/spec.yaml bad.yaml two/spec.yaml --out all");
    EXPECT_EQ(all.exit_code, 1);
    EXPECT_TRUE(fs::exists(here / "all/one/CMakeLists.txt"));
    EXPECT_TRUE(fs::exists(here / "all/two/CMakeLists.txt"));
    EXPECT_NE(all.err.find("bad.yaml:2:1: error["), std::string::npos) << all.err;
}

TEST_F(tenon_program, two_services_of_one_name_do_not_meet_in_one_folder) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    const ran twice = run("$tenon generate shop/spec.yaml shop/spec.yaml --out all");
    EXPECT_EQ(twice.exit_code, 1);
    EXPECT_NE(twice.err.find("'all/shop' was already generated into"), std::string::npos) << twice.err;
    EXPECT_EQ(run("$tenon verify all/shop").exit_code, 0);
}

TEST_F(tenon_program, new_refuses_the_names_that_the_reader_refuses) {
    for (const char* name : {"std", "tenon", "my__shop", "shop_", "Shop", "'a b'", "../shop", "''"}) {
        const ran refused = run(std::string("$tenon new ") + name);
        EXPECT_EQ(refused.exit_code, 1) << name;
        EXPECT_NE(refused.err.find("hint: "), std::string::npos) << refused.err;
    }
    EXPECT_TRUE(fs::is_empty(here));
}

TEST_F(tenon_program, reports_mistakes_for_people_programs_and_ci) {
    spill(here / "bad.yaml", "tenon: 1\nnonsense: true\n");
    const ran text = run("$tenon validate bad.yaml");
    EXPECT_EQ(text.exit_code, 1);
    EXPECT_EQ(text.out, "");
    EXPECT_EQ(text.err.find('\x1b'), std::string::npos) << "no colours outside a terminal";
    const ran github = run("$tenon validate --format github bad.yaml");
    EXPECT_EQ(github.exit_code, 1);
    EXPECT_NE(github.out.find("::error file=bad.yaml,line=2"), std::string::npos) << github.out;
    const ran json = run("$tenon validate --format json bad.yaml");
    EXPECT_EQ(json.exit_code, 1);
    EXPECT_TRUE(json.out.starts_with("{")) << json.out;
    const ran piped = run("cat bad.yaml | $tenon validate -");
    EXPECT_EQ(piped.exit_code, 1);
    EXPECT_EQ(run("$tenon validate missing.yaml").exit_code, 1);
    EXPECT_EQ(run("$tenon validate .").exit_code, 1);
}

TEST_F(tenon_program, writes_nothing_for_a_spec_with_mistakes) {
    make_shop();
    const auto before = snapshot(here / "shop");
    edit_spec("title: string(1..200)", "title: strin(1..200)");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml").exit_code, 1);
    auto after = snapshot(here / "shop");
    after["spec.yaml"] = before.at("spec.yaml");
    EXPECT_EQ(differing(after, before), no_paths);
}

TEST_F(tenon_program, verify_only_looks) {
    make_shop();
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    append("shop/src/domain/task.hpp", "// mine\n");
    const auto before = snapshot(here);
    EXPECT_EQ(run("$tenon verify shop").exit_code, 2);
    EXPECT_EQ(differing(snapshot(here), before), no_paths);
    EXPECT_EQ(run("mkdir -p plain && cp shop/spec.yaml plain && $tenon verify plain").exit_code, 1);
}

TEST_F(tenon_program, ejected_templates_can_be_changed_and_used) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    const ran ejected = run("$tenon eject templates --to mine");
    ASSERT_EQ(ejected.exit_code, 0) << ejected.err;
    EXPECT_FALSE(fs::exists(here / "mine/runtime"));
    spill(here / "mine/templates/NOTES.txt", "Notes on our service\n");
    const ran made = run("$tenon generate shop/spec.yaml --templates mine/templates");
    EXPECT_EQ(made.exit_code, 0) << made.err;
    EXPECT_NE(slurp(here / "shop/NOTES.txt").find("Notes on our service"), std::string::npos);
    EXPECT_EQ(run("$tenon eject templates --to mine").exit_code, 0) << "what is there and equal is fine";
    append("mine/templates/CMakeLists.txt", "# changed\n");
    EXPECT_EQ(run("$tenon eject templates --to mine").exit_code, 1);
    EXPECT_EQ(run("$tenon eject --to everything").exit_code, 0);
    EXPECT_TRUE(fs::exists(here / "everything/schemas/plan.schema.json"));
    EXPECT_TRUE(fs::exists(here / "everything/runtime/CMakeLists.txt"));
}

TEST_F(tenon_program, a_project_of_ten_entities_has_few_files) {
    ASSERT_EQ(run("bash -c '. " TENON_SOURCES "/tools/lib/many_entities.sh; many_entities 10' >spec.yaml").exit_code,
              0);
    ASSERT_EQ(run("$tenon generate spec.yaml --out ten").exit_code, 0);
    std::size_t own = 0, tenons = 0, vendored = 0;
    for (const auto& [path, text] : snapshot(here / "ten")) {
        ++(path.starts_with("third_party/") ? vendored : own);
        if (path.starts_with(".tenon/")) ++tenons;
    }
    EXPECT_GT(vendored, 100u);
    EXPECT_LE(own, 220u);
    EXPECT_LE(tenons, 10u);
    for (const char* path : {"plan.json", "conflicts.json", ".tenon/base"}) {
        EXPECT_FALSE(fs::exists(here / "ten" / path)) << path;
    }
}

TEST_F(tenon_program, a_template_that_writes_outside_is_refused) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    spill(here / "mine/plan.json", "x");
    EXPECT_EQ(run("$tenon generate shop/spec.yaml --out new --templates mine").exit_code, 1);
    EXPECT_FALSE(fs::exists(here / "new"));
    spill(here / "broken/NOTES.txt", "{{no_such_name}}\n");
    const ran wrong = run("$tenon generate shop/spec.yaml --out new --templates broken");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_NE(wrong.err.find("NOTES.txt:1"), std::string::npos) << wrong.err;
}

TEST_F(tenon_program, prints_schemas_help_and_version) {
    for (const char* name : {"", "spec", "plan", "conflicts", "manifest"}) {
        const ran schema = run(std::string("$tenon schema ") + name);
        EXPECT_EQ(schema.exit_code, 0) << name;
        EXPECT_NE(schema.out.find("http://json-schema.org/draft-07/schema#"), std::string::npos) << name;
    }
    EXPECT_EQ(run("$tenon schema nothing").exit_code, 1);
    EXPECT_TRUE(run("$tenon --version").out.starts_with("tenon "));
    EXPECT_EQ(run("$tenon").exit_code, 1);
    EXPECT_EQ(run("$tenon nonsense").exit_code, 1);
    for (const char* command : {"generate", "validate", "verify", "schema", "new", "eject", "completion"}) {
        const ran help = run(std::string("$tenon ") + command + " --help");
        EXPECT_EQ(help.exit_code, 0);
        EXPECT_NE(help.out.find("Examples:"), std::string::npos) << command;
    }
}

TEST_F(tenon_program, completion_knows_every_option_that_help_shows) {
    std::map<std::string, std::string> scripts;
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const ran script = run(std::string("$tenon completion ") + shell);
        ASSERT_EQ(script.exit_code, 0);
        scripts[shell] = script.out;
    }
    EXPECT_EQ(run("$tenon completion bash | bash -n").exit_code, 0);
    std::string help = run("$apply --help").out;
    for (const char* command : {"generate", "validate", "verify", "schema", "new", "eject", "completion"}) {
        help += run(std::string("$tenon ") + command + " --help").out;
        for (const auto& [shell, script] : scripts) EXPECT_NE(script.find(command), std::string::npos) << shell;
    }
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
        const auto at = line.find("--");
        if (at == std::string::npos || at > 5) continue;
        const std::string option = line.substr(at + 2, line.find_first_of(" ,", at) - at - 2);
        EXPECT_NE(scripts["bash"].find("--" + option), std::string::npos) << option;
        EXPECT_NE(scripts["zsh"].find("--" + option), std::string::npos) << option;
        EXPECT_NE(scripts["fish"].find("-l " + option), std::string::npos) << option;
    }
}

}  // namespace
}  // namespace tenon::gen
