// Templates come from the program's own resources; the vendored runtime is left out, it takes no part.
#include "product.hpp"

#include <stdexcept>

#include "generator/apply/status.hpp"
#include "generator/cli/former_spec.hpp"
#include "generator/cli/inputs.hpp"
#include "generator/migrate/migrate.hpp"
#include "generator/plan/orphan_list.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen {
namespace {

template <class T>
T must(outcome<T> done) {
    if (!done) throw std::runtime_error(done.error().message);
    return std::move(*done);
}

void must_do(const outcome<void>& done) {
    if (!done) throw std::runtime_error(done.error().message);
}

migration_state state_on(const memory_filesystem& disk) {
    migration_state state;
    for (const auto& [path, content] : disk.files()) {
        if (path.starts_with(std::string(record_folder) + "/")) state.records.emplace(path, content);
        if (path.starts_with("migrations/")) state.sql.emplace(path, content);
    }
    return state;
}

}  // namespace

std::optional<tree> product::render(const std::string& spec_text) {
    static const template_inputs templates = must(template_inputs::load(""));
    const auto read = read_spec({"spec.yaml", spec_text});
    if (!read) {
        const diagnostic& first = read.error().items.front();
        // Two entities cannot swap names in one step.
        if (first.id == code::name_clash) return std::nullopt;
        throw std::runtime_error("the made spec is wrong: " + first.message);
    }
    const model resolved = resolve(*read);
    if (rendered_of_ != spec_text) {
        render_input input = templates.for_spec(spec_text);
        input.runtime.clear();
        rendered_ = must(render_tree(resolved, input));
        rendered_of_ = spec_text;
    }
    tree files = rendered_;
    const migration_history history = must(read_history(state_on(disk)));
    auto migrations = migrate(resolved, history, {true});
    if (!migrations) return std::nullopt;
    files.files.merge(migrations->files.files);
    add_renames(files, resolved, must(load_bases(disk)));
    return files;
}

bool product::create(const std::string& spec_text) {
    const auto files = render(spec_text);
    if (!files) return false;
    const plan p = must(make_plan(*files, {}, disk, {"0.1.0", sha256(spec_text)}));
    must_do(apply_in_place(p, *files, disk));
    return true;
}

std::optional<made_plan> product::generate(const std::string& spec_text) {
    must(recover(disk));
    auto files = render(spec_text);
    if (!files) return std::nullopt;
    const known_manifest known = must(load_manifest(disk));
    must_do(add_orphan_list(*files, known, disk));
    plan p = must(make_plan(*files, known, disk, {"0.1.0", sha256(spec_text)}));
    must(save_plan(p, *files, disk));
    return made_plan{std::move(*files), std::move(p)};
}

void product::apply() {
    must(recover(disk));
    const project_status status = must(status_of(disk));
    if (!status.stale.empty()) throw std::runtime_error("stale: " + status.stale.front());
    if (status.saved && !status.applied) must(apply_saved_plan(*status.saved, {}, disk));
}

}  // namespace tenon::gen
