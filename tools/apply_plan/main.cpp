// apply-plan: shows what a plan would do to a project, and does it when asked to.
#include <CLI/CLI.hpp>

#include "command.hpp"
#include "generator/plan/gate.hpp"
#include "generator/usage/usage.hpp"

namespace {

constexpr const char* footer = R"(
Examples:
  apply-plan shop                    what would happen; writes nothing
  apply-plan shop --diff             the same, line by line
  apply-plan shop --apply            do it
  apply-plan shop --apply --only 'src/api/**' --only openapi.yaml
  apply-plan shop --undo             take the last apply back
  apply-plan shop --check            nothing but the exit code, for CI

Exit codes: 0 clean, 1 error, 2 changes pending, 3 conflicts left, 4 the plan is stale,
5 --fail-on objects.
It never asks questions and never overwrites an edited file.)";

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Shows and applies the plan.json that `tenon generate` left in a project.", "apply-plan");
    tenon::gen::apply_plan_options options;
    app.add_option("DIR", options.directory, "The project")->required()->type_name("");
    auto* apply = app.add_flag("--apply", options.apply, "Write the changes; without it nothing is written");
    app.add_flag("--undo", options.undo, "Take the last apply back: every byte and mode, and its plan is open again")
        ->excludes(apply);
    app.add_flag("--diff", options.diff, "Show the changes as unified diffs, also in --json");
    app.add_option("--only", options.only, "Only these files; may be given several times")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    app.add_option("--fail-on", options.fail_on, "Exit with 5, and write nothing, when the plan has such changes")
        ->delimiter(',')
        ->check(CLI::Validator(
            [](const std::string& word) {
                const auto known = tenon::gen::parse_gates({word});
                return known ? std::string() : known.error().message + "; " + known.error().hint;
            },
            "", ""))
        ->type_name("CLASS,...")
        ->allow_extra_args(false);
    app.add_flag("--json", options.json, "Report as JSON");
    app.add_flag("--check", options.check, "Print nothing, only set the exit code");
    app.set_version_flag("--version", "apply-plan " TENON_VERSION);
    app.footer(footer);
    app.option_defaults()->always_capture_default(false);
    if (const auto ended = tenon::gen::understand(app, argc, argv)) return *ended;
    return tenon::gen::end_of_output("apply-plan", static_cast<int>(tenon::gen::run_apply_plan(options)));
}
