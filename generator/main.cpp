// tenon: the whole flow on one screen.
//
//   spec.yaml ─read→ spec ─resolve→ model ─┬─render──→ tree ─plan→ plan ─apply→ directory
//                                          └─migrate→ new migration ┘
#include <algorithm>
#include <exception>
#include <iostream>

#include "generator/apply/status.hpp"
#include "generator/cli/command_line.hpp"
#include "generator/cli/helpers.hpp"
#include "generator/cli/inputs.hpp"
#include "generator/cli/meaning.hpp"
#include "generator/cli/target.hpp"
#include "generator/plan/gate.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"
#include "generator/usage/usage.hpp"

namespace tenon::gen {
namespace {

/// The option without a name reads "true".
meant_losses losses_meant_by(const command_line& command) {
    const std::vector<std::string>& names = command.allow_destructive;
    return {std::find(names.begin(), names.end(), "true") != names.end(), {names.begin(), names.end()}};
}

/// One spec through every stage that the command needs. `taken`: the directories of the specs before it.
outcome<exit_code> run_stages(const command_line& command, const std::string& spec_path, std::set<std::string>& taken,
                              const console& out) {
    TRY_ASSIGN(const source_text source, load_spec(spec_path));
    const auto checked = read_spec(source);
    if (!checked) return out.report(checked.error(), source);
    if (command.what == verb::validate) return out.say_valid(*checked, source);

    out.warn(checked->warnings, source);
    const model product = resolve(*checked);
    const bool verifying = command.what == verb::verify, adopting = command.what == verb::adopt;
    const std::string directory = verifying || adopting ? command.directory
                                                        : target_directory(spec_path, product.service.name.snake,
                                                                           command.out, command.specs.size() > 1);
    TRY(claim_directory(taken, directory));
    TRY_ASSIGN(const target project, target::open(directory, verifying ? access::read_only : access::write));

    TRY_ASSIGN(const template_inputs templates, template_inputs::load(command.templates));
    TRY_ASSIGN(tree files, render_tree(product, templates.for_spec(source.text)));
    TRY_ASSIGN(const migration_history existing, project.migrations(command.replace_migrations));
    auto migrations = migrate(product, existing, {losses_meant_by(command)});
    if (!migrations) return out.report(migrations.error(), source);
    files.files.merge(migrations->files.files);

    plan_wishes wishes{command.on_conflict, command.restore, migrations->replaced};
    if (adopting) wishes.on_conflict = conflict_policy::mine;
    TRY_ASSIGN(plan changes, project.judge(files, product, {generator_version(), sha256(source.text)}, wishes));
    if (adopting) return project.adopt(std::move(changes), files, out);
    const spec_places places(*checked, product, source.text);
    TRY(add_impacts(changes, project, files, product, *migrations, places));
    if (verifying) return project.compare(changes, out);
    TRY_ASSIGN(const exit_code code, project.settle(changes, files, out));
    return out.conclude(changes, directory, caught_by(command.fail_on, changes), code);
}

/// Every spec gets its turn, whatever became of the ones before.
exit_code run_all(const command_line& command, const console& out) {
    exit_code worst = exit_code::clean;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < command.specs.size(); ++i) {
        out.progress("[" + std::to_string(i + 1) + "/" + std::to_string(command.specs.size()) + "] " +
                     command.specs[i]);
        const auto done = run_stages(command, command.specs[i], taken, out);
        const exit_code code = done ? *done : out.report(done.error());
        if (code == exit_code::failed || worst == exit_code::clean) worst = code;
    }
    return worst;
}

outcome<exit_code> run(const command_line& command, const console& out) {
    std::set<std::string> none;
    if (command.what == verb::verify) {
        // Before the spec is read, which may be the new one of two.
        if (const auto project = open_directory(command.directory)) TRY(refuse_interrupted(**project));
        return run_stages(command, command.directory + "/spec.yaml", none, out);
    }
    if (command.what == verb::adopt) {
        return run_stages(command, command.spec.empty() ? command.directory + "/spec.yaml" : command.spec, none, out);
    }
    return command.specs.empty() ? run_helper(command, out) : run_all(command, out);
}

}  // namespace
}  // namespace tenon::gen

int main(int argc, char** argv) try {
    using namespace tenon::gen;
    const parsed_command_line parsed = parse_command_line(argc, argv);
    if (!parsed.command) return parsed.exit_code;
    const console out(parsed.command->format);
    const auto done = run(*parsed.command, out);
    return end_of_output("tenon", static_cast<int>(done ? *done : out.report(done.error())));
} catch (const std::exception& bug) {
    std::cerr << "tenon: internal error: " << bug.what() << "\nPlease report it, with the spec.\n";
    return 1;
}
