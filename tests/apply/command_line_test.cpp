// The command lines of tenon and apply-plan: what they say about themselves, about mistakes, and where output goes.
#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <set>

#include "program.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

const std::vector<std::string> commands{"generate", "validate", "verify", "explain", "resolve",
                                        "adopt",    "schema",   "new",    "eject",   "completion"};

class command_line : public program_test {
  protected:
    /// The options that the help of a program's command names, such as "--out".
    std::set<std::string> options_of(const std::string& command) const {
        std::set<std::string> out;
        std::istringstream lines(run(command + " --help").out);
        for (std::string line; std::getline(lines, line);) {
            const auto at = line.find("--");
            if (at == std::string::npos || at > 5) continue;
            out.insert(line.substr(at, line.find_first_of(" ,", at) - at));
        }
        EXPECT_FALSE(out.empty()) << command;
        return out;
    }
};

TEST_F(command_line, the_program_alone_and_help_list_the_commands) {
    const ran alone = run("$tenon");
    EXPECT_EQ(alone.exit_code, 1);
    const ran help = run("$tenon help");
    EXPECT_EQ(help.exit_code, 0);
    for (const std::string& command : commands) {
        EXPECT_THAT(alone.err, HasSubstr("  " + command)) << "tenon";
        EXPECT_THAT(help.out, HasSubstr("  " + command)) << "tenon help";
        EXPECT_EQ(run("$tenon help " + command).out, run("$tenon " + command + " --help").out);
    }
    EXPECT_THAT(run("$tenon help generat").err, HasSubstr("did you mean 'generate'?"));
    EXPECT_EQ(run("$apply").exit_code, 1);
    EXPECT_THAT(run("$apply").err, HasSubstr("--apply"));
}

TEST_F(command_line, every_option_that_is_mistyped_is_named_in_a_hint) {
    std::vector<std::string> programs{"$apply"};
    for (const std::string& command : commands) programs.push_back("$tenon " + command);
    for (const std::string& program : programs) {
        for (const std::string& option : options_of(program)) {
            const ran wrong = run(program + " x " + option.substr(0, option.size() - 1) + "Q");
            EXPECT_EQ(wrong.exit_code, 1) << program << option;
            const bool too_short = option.size() < 5;  // one of three letters is wrong
            EXPECT_THAT(wrong.err, HasSubstr(too_short ? option : "did you mean '" + option + "'?")) << program;
        }
    }
}

TEST_F(command_line, every_other_mistake_has_a_hint_as_well) {
    for (const char* line : {"$tenon generate",
                             "$tenon generate x --out",
                             "$tenon generate x --format xml",
                             "$tenon validate",
                             "$tenon generate x --on-conflict their",
                             "$tenon generate x --fail-on brakes-api",
                             "$tenon schema plans",
                             "$tenon generate x --templates nowhere",
                             "$tenon new",
                             "$tenon new a b",
                             "$tenon completion bahs",
                             "$tenon resolve . --take mine --tool vi",
                             "$tenon eject",
                             "$tenon eject x",
                             "$tenon --frmat",
                             "$tenon validate nowhere.yaml",
                             "$tenon validate .",
                             "$tenon verify nowhere",
                             "$tenon adopt nowhere",
                             "$tenon explain nowhere",
                             "$tenon resolve nowhere",
                             "$apply nowhere",
                             "$apply . --aply",
                             "$apply . --apply --undo",
                             "$apply . --fail-on x",
                             "$apply a b"}) {
        const ran wrong = run(line);
        EXPECT_EQ(wrong.exit_code, 1) << line;
        EXPECT_THAT(wrong.err, HasSubstr("\n  hint: ")) << line;
        EXPECT_EQ(wrong.out, "") << line;
    }
}

TEST_F(command_line, a_folder_given_as_spec_is_called_one) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    EXPECT_THAT(run("$tenon validate shop").err, HasSubstr("it is a folder\n  hint: give the file: shop/spec.yaml"));
    EXPECT_THAT(run("$tenon generate .").err, HasSubstr("it is a folder"));
}

TEST_F(command_line, output_that_cannot_be_written_is_an_error) {
    make_shop();
    for (const char* line :
         {"$tenon --help", "$tenon help", "$tenon --version", "$tenon --manual", "$tenon schema",
          "$tenon completion bash", "$tenon validate shop/spec.yaml", "$tenon validate --json shop/spec.yaml",
          "$tenon verify shop", "$tenon generate shop/spec.yaml", "$tenon explain shop/CMakeLists.txt:3",
          "$tenon resolve shop", "$tenon generate --jsn --json", "$apply shop", "$apply shop --json",
          "$apply --help"}) {
        const ran full = run(std::string(line) + " >/dev/full");
        EXPECT_EQ(full.exit_code, 1) << line;
        EXPECT_THAT(full.err, HasSubstr("cannot write to standard output")) << line;
    }
}

/// As a user who may not do everything: the tests may be run by root.
TEST_F(command_line, folders_that_may_not_be_written_are_told_with_the_reason) {
    make_shop();
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    for (fs::path at = here; at != here.parent_path().parent_path(); at = at.parent_path())
        fs::permissions(at, fs::perms(0755));
    fs::copy_file(TENON_PROGRAM, here / "tenon");
    const std::string as_user = ::geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    if (as_user.empty()) run("chmod -R a-w .");
    for (const char* line : {"./tenon new other", "./tenon eject --to other",
                             "./tenon generate shop/spec.yaml --out other", "./tenon generate shop/spec.yaml"}) {
        const ran refused = run(as_user + line);
        EXPECT_EQ(refused.exit_code, 1) << line;
        EXPECT_THAT(refused.err, HasSubstr("Permission denied\n  hint: ")) << line;
    }
    if (as_user.empty()) run("chmod -R u+w .");
}

TEST_F(command_line, a_dumb_terminal_gets_no_escape_sequences) {
    ASSERT_EQ(run("$tenon new shop").exit_code, 0);
    const auto on_a_terminal = [&](const std::string& settings, const std::string& out) {
        const std::string line =
            "$tenon generate shop/spec.yaml --out " + out + "; $tenon validate nowhere; $tenon generate --ou";
        return run("export tenon; " + settings + " script -qec '" + line + "' /dev/null || true").out;
    };
    EXPECT_THAT(on_a_terminal("NO_COLOR= TERM=xterm", "one"), HasSubstr("\x1b[")) << "else this test sees nothing";
    const std::string dumb = on_a_terminal("TERM=dumb", "two");
    EXPECT_THAT(dumb, HasSubstr("Created two"));
    EXPECT_THAT(dumb, testing::Not(HasSubstr("\x1b")));
}

/// Results and failures of every command that has a report for programs.
TEST_F(command_line, all_reports_have_one_shape) {
    make_shop();
    spill(here / "bad.yaml", "tenon: 1\nnonsense: true\n");
    const auto expect_shape = [&](const std::string& line) {
        const ran done = run(line);
        boost::system::error_code code;
        const auto value = boost::json::parse(done.out, code);
        ASSERT_FALSE(code) << line << ": " << done.out;
        EXPECT_EQ(value.at("format_version"), 3) << line;
        EXPECT_EQ(value.at("exit_code"), done.exit_code) << line;
        const std::vector<std::string> names{"clean", "failed", "pending", "conflicts", "stale", "gated"};
        EXPECT_EQ(value.at("status").as_string(), names.at(static_cast<std::size_t>(done.exit_code))) << line;
        const bool wrong = done.exit_code == 1 || done.exit_code > 3;
        EXPECT_EQ(value.at("message").as_string().empty(), !wrong) << line << done.out;
        EXPECT_EQ(value.at("hint").as_string().empty(), !wrong) << line << done.out;
        EXPECT_EQ(done.err, "") << line;
    };
    for (const char* line : {"$tenon validate --json shop/spec.yaml",
                             "$tenon validate --json bad.yaml",
                             "$tenon validate --json nowhere",
                             "$tenon validate --format json .",
                             "$tenon validate --json --nonsense",
                             "$tenon nonsense --json",
                             "$tenon generate --json shop/spec.yaml",
                             "$tenon generate --json shop/spec.yaml --out fresh",
                             "$tenon generate --json bad.yaml",
                             "$tenon verify --json shop",
                             "$tenon verify --json nowhere",
                             "$tenon explain --json shop/CMakeLists.txt",
                             "$tenon explain --json nowhere",
                             "$tenon resolve --json shop",
                             "$tenon resolve --json nowhere",
                             "$tenon adopt --json shop",
                             "$apply --json shop",
                             "$apply --json nowhere",
                             "$apply --json shop --nonsense",
                             "rm -r fresh/.tenon; $tenon adopt --json fresh"}) {
        expect_shape(line);
    }
    edit_spec("due: date?", "due: date?\n      estimate: int?");
    expect_shape("$tenon verify --json shop");
    expect_shape("$tenon generate --json shop/spec.yaml --fail-on changes-api");
    expect_shape("$tenon generate --json shop/spec.yaml");
    expect_shape("$apply --json shop");
    expect_shape("$apply --json shop --fail-on changes-api");
    append("shop/src/domain/task.hpp", "// mine\n");
    expect_shape("$apply --json --apply shop");
}

TEST_F(command_line, manual_pages_name_every_command_and_option) {
    std::string tenon_options;
    for (const std::string& command : commands) {
        EXPECT_THAT(run("$tenon --manual").out, HasSubstr(".SS \"tenon " + command + "\"")) << command;
    }
    for (const char* program : {"$tenon", "$apply"}) {
        const ran shown = run(std::string(program) + " --manual | groff -man -Tutf8 -ww -P-cbou");
        EXPECT_EQ(shown.err, "") << program;
    }
    const std::string page = run("$apply --manual | groff -man -Tutf8 -P-cbou").out;
    for (const std::string& option : options_of("$apply")) EXPECT_THAT(page, HasSubstr(option));
}

}  // namespace
}  // namespace tenon::gen
