// What the manifest remembers once entries of a plan are applied.
#include <set>

#include "generator/apply/apply.hpp"

namespace tenon::gen {
namespace {

bool keeps_record(const plan_entry& e) {
    return e.action == plan_action::orphan || e.action == plan_action::error ||
           e.reason == plan_reason::conflict_open || e.reason == plan_reason::frozen_once;
}

void record(manifest& m, const plan_entry& e) {
    if (e.from) m.files.erase(e.from->path);
    if (e.action == plan_action::remove) {
        m.files.erase(e.path);
        return;
    }
    if (keeps_record(e)) return;
    manifest_entry& known = m.files[e.path];
    known.owner = e.owner;
    known.executable = e.executable;
    known.deleted = e.action == plan_action::respect;
    known.conflict.clear();
    known.digests.clear();
    if (keeps_digests(e.owner) && e.new_base != absent) known.digests.push_back(e.new_base);
    if (e.beside && e.beside->after != absent) known.conflict = e.beside->path;
}

}  // namespace

manifest next_manifest(const manifest& before, const plan& p, const std::vector<plan_entry>& applied) {
    manifest after = before;
    if (!is_newer_version(before.generator_version, p.generator_version)) after.generator_version = p.generator_version;
    std::set<std::string_view> planned;
    for (const plan_entry& e : p.entries) {
        planned.insert(e.path);
        if (e.from) planned.insert(e.from->path);
    }
    for (const plan_entry& e : applied) record(after, e);
    // A line that the plan has nothing to say of, and that is no tombstone, is of a file that neither side has any
    // more: a union merge of two branches leaves such lines.
    std::erase_if(after.files, [&](const auto& line) { return !planned.contains(line.first) && !line.second.deleted; });
    return after;
}

}  // namespace tenon::gen
