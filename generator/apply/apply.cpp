// Applying a plan: which changes each entry means, and the order in which they are committed.
#include "generator/apply/apply.hpp"

#include <algorithm>

#include "generator/apply/base_store.hpp"
#include "generator/apply/contents.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

bool was_executable(const manifest& m, const std::string& path) {
    const auto known = m.files.find(path);
    return known != m.files.end() && known->second.executable;
}

void append_entry_changes(std::vector<change>& changes, const plan_entry& e, const manifest& before) {
    using kind = change::kind;
    if (e.action == plan_action::create) {
        changes.push_back({kind::write, e.path, absent, e.after, e.executable});
    } else if (e.action == plan_action::update && e.reason == plan_reason::mode_changed) {
        changes.push_back({kind::set_mode, e.path, e.before, e.after, e.executable});
    } else if (e.action == plan_action::update) {
        std::optional<bool> mode;
        if (was_executable(before, e.path) != e.executable) mode = e.executable;
        changes.push_back({kind::write, e.path, e.before, e.after, mode});
    } else if (e.action == plan_action::remove) {
        changes.push_back({kind::remove, e.path, e.before, absent, {}});
    }
    if (!e.beside || e.beside->before == e.beside->after) return;
    change beside{kind::write, e.beside->path, e.beside->before, e.beside->after, {}};
    if (beside.after == absent) beside.what = kind::remove;
    if (beside.before == absent) beside.executable = false;
    changes.push_back(std::move(beside));
}

std::vector<change> changes_of(const std::vector<plan_entry>& entries, const manifest& before, const manifest& after) {
    std::vector<change> changes;
    for (const plan_entry& e : entries) append_entry_changes(changes, e, before);
    for (change& c : base_changes(before, after)) changes.push_back(std::move(c));
    return changes;
}

/// What an entry becomes once it is applied; nothing when there is nothing left to say.
std::optional<plan_entry> settled(plan_entry e) {
    switch (e.action) {
        case plan_action::remove:
            return std::nullopt;
        case plan_action::create:
        case plan_action::update:
        case plan_action::unchanged:
            e.action = plan_action::unchanged;
            e.reason = plan_reason::same_content;
            e.before = e.base = e.after;
            break;
        case plan_action::conflict:
            e.action = plan_action::keep;
            e.reason = plan_reason::conflict_open;
            break;
        default:
            if (e.reason == plan_reason::conflict_closed) e.reason = plan_reason::edited_by_user;
    }
    e.beside.reset();
    return e;
}

/// `p` after some of it is applied.
plan remainder(const plan& p, const std::vector<plan_entry>& applied) {
    plan rest{p.generator_version, p.spec, p.manifest, {}};
    auto done = applied.begin();
    for (const plan_entry& e : p.entries) {
        if (done == applied.end() || done->path != e.path) {
            rest.entries.push_back(e);
            continue;
        }
        if (auto entry = settled(e)) rest.entries.push_back(std::move(*entry));
        ++done;
    }
    if (has_pending(rest)) rest.impacts = p.impacts;
    return rest;
}

std::vector<plan_entry> selected(const plan& p, const std::vector<std::string>& only) {
    std::vector<plan_entry> entries;
    std::copy_if(p.entries.begin(), p.entries.end(), std::back_inserter(entries), [&](const plan_entry& e) {
        return only.empty() || std::any_of(only.begin(), only.end(),
                                           [&](const std::string& pattern) { return matches_glob(pattern, e.path); });
    });
    return entries;
}

outcome<void> drop_stage(std::vector<change>& changes, const plan& rest, filesystem& project) {
    const std::string directory(stage_directory);
    TRY_ASSIGN(const auto there, project.list(directory.substr(0, directory.size() - 1)));
    std::vector<digest> needed;
    for (const plan_entry& e : rest.entries) {
        if (!is_pending(e)) continue;
        if (auto content = staged_content(e)) needed.push_back(std::move(*content));
    }
    std::sort(needed.begin(), needed.end());
    for (const directory_entry& entry : there) {
        const bool keep = !needed.empty() &&
                          (entry.name == ".gitignore" || std::binary_search(needed.begin(), needed.end(), entry.name));
        const bool ours = is_sha256(entry.name) || entry.name == ".gitignore";
        if (ours && !keep) changes.push_back({change::kind::remove, directory + entry.name, absent, absent, {}});
    }
    return {};
}

change write_record(std::string_view path, const digest& before, const digest& after) {
    change c{change::kind::write, std::string(path), before, after, {}};
    if (before == absent) c.executable = false;
    return c;
}

}  // namespace

outcome<std::vector<plan_entry>> apply_saved_plan(const saved_plan& p, const std::vector<std::string>& only,
                                                  filesystem& project) {
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    const std::vector<plan_entry> applied = selected(p.content, only);
    plan rest = remainder(p.content, applied);
    const bool complete = !has_pending(rest);
    manifest after = next_manifest(known.content, p.content, applied, complete);
    after.plan = complete ? p.bytes : absent;

    project_contents contents(project, p.content, known.content);
    std::vector<change> changes = changes_of(applied, known.content, after);
    TRY(drop_stage(changes, rest, project));
    const std::string manifest_text = write_manifest(after);
    rest.manifest = sha256(manifest_text);
    if (!complete) changes.push_back(write_record(plan_path, p.bytes, contents.add(write_plan(rest))));
    changes.push_back(write_record(manifest_path, known.bytes, contents.add(manifest_text)));
    TRY(commit_changes(project, changes, contents.source()));

    std::vector<plan_entry> done;
    std::copy_if(applied.begin(), applied.end(), std::back_inserter(done), is_pending);
    return done;
}

outcome<void> apply_in_place(const plan& p, const tree& t, filesystem& project) {
    tree_contents contents(t);
    manifest after = next_manifest({}, p, p.entries, true);
    std::vector<change> changes = changes_of(p.entries, {}, after);
    TRY_ASSIGN(const auto old_plan, project.read(plan_path, max_file_bytes));
    const digest before = old_plan ? sha256(old_plan->content) : absent;
    after.plan = contents.add(write_plan(p));
    changes.push_back(write_record(plan_path, before, after.plan));
    changes.push_back(write_record(manifest_path, absent, contents.add(write_manifest(after))));
    return commit_changes(project, changes, contents.source());
}

}  // namespace tenon::gen
