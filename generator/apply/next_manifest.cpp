// What the manifest remembers once entries of a plan are applied.
#include <set>

#include "generator/apply/apply.hpp"

namespace tenon::gen {
namespace {

void record(manifest& m, const plan_entry& e) {
    if (e.action == plan_action::remove) {
        m.files.erase(e.path);
        return;
    }
    const bool untouched_record = e.action == plan_action::orphan || e.action == plan_action::error ||
                                  e.reason == plan_reason::conflict_open || e.reason == plan_reason::frozen_once;
    if (untouched_record) return;
    manifest_entry& known = m.files[e.path];
    known.owner = e.owner;
    known.executable = e.executable;
    known.deleted = e.action == plan_action::respect;
    known.conflict.reset();
    known.base = e.base;
    const bool is_as_generated =
        e.action == plan_action::create || e.action == plan_action::update || e.action == plan_action::unchanged;
    if (is_as_generated) known.base = e.after;
    if (e.action == plan_action::conflict) known.conflict = open_conflict{e.beside->path, e.beside->after};
}

}  // namespace

manifest next_manifest(const manifest& before, const plan& p, const std::vector<plan_entry>& applied, bool complete) {
    manifest after = before;
    after.generator_version = p.generator_version;
    if (complete) after.spec = p.spec;
    std::set<std::string_view> planned;
    for (const plan_entry& e : p.entries) planned.insert(e.path);
    for (const plan_entry& e : applied) record(after, e);
    // A file that neither side has any more is not in the plan; that the user deleted it is remembered for the day the
    // generator emits it again.
    for (auto& [path, known] : after.files) {
        if (!planned.contains(path) && !known.deleted) {
            known.deleted = true;
            known.conflict.reset();
        }
    }
    return after;
}

}  // namespace tenon::gen
