// Options, help and examples of every command.
#include "generator/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <map>

#include "generator/plan/gate.hpp"
#include "generator/support/text.hpp"
#include "generator/usage/choices.hpp"
#include "generator/usage/usage.hpp"

namespace tenon::gen {
namespace {

constexpr const char* footer = R"(
Examples:
  tenon new shop                          a starter spec, shop/spec.yaml
  tenon validate shop/spec.yaml           everything that is wrong with it, in one run
  tenon generate shop/spec.yaml           the project, in ./shop
  tenon generate spec.yaml --out .        a plan for the project you are in; then `apply-plan . --apply`
  tenon verify .                          is the tree what its spec generates? for CI

Exit codes: 0 done or clean, 1 error, 2 changes pending (verify), 3 conflicts left (verify).
`tenon help COMMAND` tells more.)";

const std::map<std::string, diagnostic_format> format_names{
    {"text", diagnostic_format::text}, {"json", diagnostic_format::json}, {"github", diagnostic_format::github}};

void add_json(CLI::App& command, command_line& out) {
    command.add_flag_callback(
        "--json", [&out] { out.format = diagnostic_format::json; }, "One JSON document, for programs");
}

void add_format(CLI::App& command, command_line& out) {
    command.add_option("--format", out.format, "How to report: text, json (as --json) or github (annotations)")
        ->transform(one_of(format_names))
        ->type_name("FORMAT");
    add_json(command, out);
}

const std::map<std::string, conflict_policy> policy_names{{"new", conflict_policy::beside},
                                                          {"mine", conflict_policy::mine},
                                                          {"theirs", conflict_policy::theirs},
                                                          {"abort", conflict_policy::abort}};

/// What a team may want of a plan beyond the rules.
void add_wishes(CLI::App& command, command_line& out) {
    command
        .add_option("--on-conflict", out.on_conflict,
                    "Where you and the generator changed the same lines: new (FILE.new beside the file; the default), "
                    "mine, theirs, or abort")
        ->transform(one_of(policy_names))
        ->type_name("POLICY");
    command.add_option("--restore", out.restore, "Bring back files that you deleted; may be given several times")
        ->type_name("GLOB")
        ->allow_extra_args(false);
    const auto why_wrong = [](const std::string& word) {
        const auto known = parse_gates({word});
        return known ? std::string() : known.error().message + "; " + known.error().hint;
    };
    command
        .add_option("--fail-on", out.fail_on,
                    "Exit with 5 when the plan has such changes: destructive, breaking, breaks-api, widens-access, … "
                    "(docs/teams.md lists all)")
        ->delimiter(',')
        ->check(CLI::Validator(why_wrong, "", ""))
        ->type_name("CLASS,…")
        ->allow_extra_args(false);
}

std::string no_folder(const std::string& path) {
    const std::string problem = CLI::ExistingDirectory(path);
    return problem.empty() ? problem : gen::quoted(path) + " is no folder; `tenon eject templates` writes one";
}

void add_templates(CLI::App& command, command_line& out) {
    command.add_option("--templates", out.templates, "Templates in this folder win over the built-in ones")
        ->type_name("DIR")
        ->check(CLI::Validator(no_folder, "", ""));
}

/// A flag, so that what follows it is not taken for the name of a loss; "true" is what it reads alone.
void add_losses(CLI::App& command, command_line& out) {
    const auto why_wrong = [](const std::string& name) {
        const bool known = name == "true" || name.starts_with("table:") || name.starts_with("column:");
        return known ? std::string()
                     : gen::quoted(name) +
                           " names no loss; those that are refused are told by their names, table:TABLE or "
                           "column:TABLE.COLUMN";
    };
    command
        .add_flag("--allow-destructive", out.allow_destructive,
                  "Write migrations that lose data; without it they are refused, each loss by its name. "
                  "--allow-destructive=NAME,… allows only these")
        ->delimiter(',')
        ->check(CLI::Validator(why_wrong, "", ""));
}

CLI::App& add_command(CLI::App& app, command_line& out, verb what, const char* name, const char* help,
                      const char* examples) {
    CLI::App* command = app.add_subcommand(name, help);
    command->final_callback([&out, what] { out.what = what; });
    command->footer(std::string("\nExamples:\n") + examples);
    return *command;
}

void add_validate(CLI::App& app, command_line& out) {
    CLI::App& command = add_command(app, out, verb::validate, "validate", "Check specs and report every mistake",
                                    "  tenon validate spec.yaml\n  tenon validate --format github specs/*.yaml\n"
                                    "  cat spec.yaml | tenon validate -");
    command.add_option("SPEC", out.specs, "Spec files; - reads standard input")->required()->type_name("");
    add_format(command, out);
}

void add_generate(CLI::App& app, command_line& out) {
    CLI::App& command =
        add_command(app, out, verb::generate, "generate", "Write a new project, or plan the changes of an existing one",
                    "  tenon generate spec.yaml --out shop     a new directory is written at once;\n"
                    "                                          an existing project gets a plan.json to look at:\n"
                    "  apply-plan shop                         what would change\n"
                    "  apply-plan shop --apply                 change it\n"
                    "  tenon generate specs/*.yaml --out all   several: all/<service name> each");
    command.add_option("SPEC", out.specs, "Spec files")->required()->type_name("");
    command
        .add_option("--out", out.out,
                    "The project; with several specs the folder that holds them. Default: "
                    "./<service name>, or the project that the spec lies in")
        ->type_name("DIR");
    add_losses(command, out);
    command
        .add_option("--replace-migration", out.replace_migrations,
                    "A migration that is not released yet, to be emitted anew behind the others: for two branches "
                    "that each added one. May be given several times")
        ->type_name("NAME")
        ->allow_extra_args(false);
    add_wishes(command, out);
    add_templates(command, out);
    add_format(command, out);
}

void add_explain(CLI::App& app, command_line& out) {
    CLI::App& command =
        add_command(app, out, verb::explain, "explain",
                    "Tell where a file, or a line of it, comes from and whose it is; or what a code means",
                    "  tenon explain src/api/routes.cpp:12       as compilers print places\n"
                    "  tenon explain openapi.yaml --out shop --json\n"
                    "  tenon explain E011                        as `tenon validate` prints codes");
    CLI::Option* const place = command.add_option("PLACE", out.place, "FILE, FILE:LINE or CODE")->type_name("");
    command.add_flag("--codes", out.codes, "List the codes of all diagnostics")->excludes(place);
    command.add_option("--out", out.out, "The project; default: the one that the file lies in")->type_name("DIR");
    add_json(command, out);
    add_templates(command, out);
}

void add_resolve(CLI::App& app, command_line& out) {
    CLI::App& command = add_command(app, out, verb::resolve, "resolve", "List or settle the conflicts that are open",
                                    "  tenon resolve .                                 all of them, with three sides\n"
                                    "  tenon resolve . src/domain/task.hpp --take mine\n"
                                    "  tenon resolve . --tool 'vimdiff \"$LOCAL\" \"$REMOTE\" \"$MERGED\"'\n\n"
                                    "The list also records what you settled by deleting the file beside.\n"
                                    "Exit codes: 0 none is open, 3 some are, 1 error (then nothing was settled).\n"
                                    "apply-plan --undo takes it back.");
    command.add_option("DIR", out.directory, "The project")->required()->type_name("");
    command.add_option("PATH", out.paths, "Only these files; default: all that are in conflict")->type_name("");
    CLI::Option* take = command.add_option("--take", out.take,
                                           "End them with this side: mine, theirs, or merged "
                                           "(the merge of what is on disk now, if it is clean)");
    take->check(one_of({"mine", "theirs", "merged"}))->type_name("SIDE");
    command
        .add_option("--tool", out.tool,
                    "Run this for each, with $BASE, $LOCAL (mine), $REMOTE (theirs) and $MERGED, where it leaves the "
                    "result")
        ->type_name("CMD")
        ->excludes(take);
    add_json(command, out);
}

void add_adopt(CLI::App& app, command_line& out) {
    CLI::App& command = add_command(app, out, verb::adopt, "adopt",
                                    "Make a project of a tree without .tenon/manifest.json; overwrites nothing",
                                    "  tenon adopt shop                     by shop/spec.yaml\n"
                                    "  tenon adopt shop --spec other.yaml");
    command.add_option("DIR", out.directory, "The tree")->required()->type_name("");
    command.add_option("--spec", out.spec, "Its spec; default: the spec.yaml in it")->type_name("FILE");
    add_templates(command, out);
    add_format(command, out);
}

void add_verify(CLI::App& app, command_line& out) {
    CLI::App& command = add_command(
        app, out, verb::verify, "verify", "Tell whether a project is what its spec.yaml generates; writes nothing",
        "  tenon verify .\n\nExit codes: 0 it is, 2 something would change, 3 a conflict is "
        "left, 1 error.\nEdited files are fine as long as nothing is to be merged into them.");
    command.add_option("DIR", out.directory, "The project")->required()->type_name("");
    add_templates(command, out);
    add_format(command, out);
}

void add_helpers(CLI::App& app, command_line& out) {
    CLI::App& schema = add_command(app, out, verb::schema, "schema", "Print a JSON Schema",
                                   "  tenon schema > spec.schema.json\n  tenon schema plan");
    out.name = "spec";
    schema.add_option("NAME", out.name, "spec (the default), plan, conflicts or manifest")
        ->type_name("")
        ->check(one_of({"spec", "plan", "conflicts", "manifest"}));

    CLI::App& fresh = add_command(app, out, verb::new_spec, "new", "Write a starter spec into a new folder",
                                  "  tenon new shop && tenon generate shop/spec.yaml");
    fresh.add_option("NAME", out.name, "The service: small letters, digits, _")->required()->type_name("");

    CLI::App& eject = add_command(app, out, verb::eject, "eject", "Write out what Tenon carries inside itself",
                                  "  tenon eject templates --to my-templates\n"
                                  "  tenon generate spec.yaml --templates my-templates/templates");
    eject.add_option("PART", out.eject_parts, "templates, schemas, runtime; default: all")
        ->type_name("")
        ->check(one_of({"templates", "schemas", "runtime"}));
    eject.add_option("--to", out.to, "Where to")->required()->type_name("DIR");

    CLI::App& completion = add_command(app, out, verb::completion, "completion", "Print a shell completion script",
                                       "  tenon completion bash > ~/.local/share/bash-completion/completions/tenon\n"
                                       "  tenon completion fish > ~/.config/fish/completions/tenon.fish");
    completion.add_option("SHELL", out.name, "bash, zsh or fish")
        ->required()
        ->type_name("")
        ->check(one_of({"bash", "zsh", "fish"}));
}

}  // namespace

std::string generator_version() {
    return TENON_VERSION;
}

parsed_command_line parse_command_line(int argc, char** argv) {
    CLI::App app("From one YAML spec to a complete multi-tenant C++ service.", "tenon");
    command_line out;
    app.set_version_flag("--version", "tenon " TENON_VERSION);
    app.require_subcommand(1);
    app.footer(footer);
    add_generate(app, out);
    add_validate(app, out);
    add_verify(app, out);
    add_explain(app, out);
    add_resolve(app, out);
    add_adopt(app, out);
    add_helpers(app, out);
    if (const auto ended = understand(app, argc, argv)) return {std::nullopt, *ended};
    return {std::move(out), 0};
}

}  // namespace tenon::gen
