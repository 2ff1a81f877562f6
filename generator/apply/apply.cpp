// Applying a plan: which changes each entry means, and the order in which they are committed.
#include "generator/apply/apply.hpp"

#include <algorithm>

#include "generator/apply/base_store.hpp"
#include "generator/apply/contents.hpp"
#include "generator/apply/journal.hpp"
#include "generator/apply/undo.hpp"
#include "generator/plan/combine.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

bool was_executable(const manifest& m, const std::string& path) {
    const auto known = m.files.find(path);
    return known != m.files.end() && known->second.executable;
}

/// The file goes to its new path with the permissions that it has, but for what the generator changed.
void append_move(std::vector<change>& changes, const plan_entry& e, const manifest& before) {
    change to{change::kind::write, e.path, absent, e.after};
    const bool was = was_executable(before, e.from->path);
    to.permissions = was == e.executable ? e.from->before_mode : with_executable(e.from->before_mode, e.executable);
    changes.push_back(std::move(to));
    changes.push_back({change::kind::remove, e.from->path, e.from->before, absent});
}

void append_entry_changes(std::vector<change>& changes, const plan_entry& e, const manifest& before) {
    using kind = change::kind;
    if (e.action == plan_action::move) {
        append_move(changes, e, before);
    } else if (e.action == plan_action::create) {
        changes.push_back({kind::write, e.path, absent, e.after, e.executable});
    } else if (e.action == plan_action::update && e.reason == plan_reason::mode_changed) {
        changes.push_back({kind::set_mode, e.path, e.before, e.after, e.executable});
    } else if (e.action == plan_action::update || e.action == plan_action::merge) {
        std::optional<bool> mode;
        if (was_executable(before, e.path) != e.executable) mode = e.executable;
        changes.push_back({kind::write, e.path, e.before, e.after, mode});
    } else if (e.action == plan_action::remove) {
        changes.push_back({kind::remove, e.path, e.before, absent, {}});
    }
}

void append_beside(std::vector<change>& changes, const plan_entry& e) {
    if (!e.beside || e.beside->before == e.beside->after) return;
    change beside{change::kind::write, e.beside->path, e.beside->before, e.beside->after, {}};
    if (beside.after == absent) beside.what = change::kind::remove;
    if (beside.before == absent) beside.executable = false;
    changes.push_back(std::move(beside));
}

/// What is only added comes before what it replaces, and removals last: whichever of them finds that the user saved
/// something, those before it can be taken back, or are true by themselves.
void append_in_order(std::vector<change>& changes, const plan_entry& e, const manifest& before) {
    const bool adds_beside = e.beside && e.beside->after != absent;
    const std::size_t first = changes.size();
    if (adds_beside) append_beside(changes, e);
    append_entry_changes(changes, e, before);
    if (!adds_beside) append_beside(changes, e);
    for (std::size_t i = first; i < changes.size(); ++i) changes[i].of = e.path;
}

std::vector<change> changes_of(const std::vector<plan_entry>& entries, const manifest& before) {
    std::vector<change> changes;
    for (const plan_entry& e : entries) append_in_order(changes, e, before);
    return changes;
}

/// What is to be said of a file that was written or recorded.
plan_reason settled_reason(const plan_entry& e) {
    switch (e.owner) {
        case owner_class::seeded:
            return plan_reason::seeded_once;
        case owner_class::frozen:
            return plan_reason::frozen_once;
        case owner_class::vendored:
            if (e.after != e.new_base) return plan_reason::vendored_edited;
            break;
        case owner_class::generated:
            break;
    }
    return e.after == e.new_base ? plan_reason::same_content : plan_reason::edited_by_user;
}

/// What an entry becomes once it is applied; nothing when there is nothing left to say.
std::optional<plan_entry> settled(plan_entry e) {
    if (e.action == plan_action::remove) return std::nullopt;
    const bool in_conflict = e.beside && e.beside->after != absent;
    const bool stays = e.action == plan_action::orphan || e.action == plan_action::respect;
    e.before = e.after;
    e.base = e.new_base;
    e.from.reset();
    if (in_conflict) {
        e.beside->before = e.beside->after;
        e.reason = plan_reason::conflict_open;
    } else {
        e.beside.reset();
        if (!stays) e.reason = settled_reason(e);
    }
    if (!stays) e.action = e.reason == plan_reason::same_content ? plan_action::unchanged : plan_action::keep;
    return e;
}

/// `p` after some of it is applied.
plan remainder(const plan& p, const std::vector<plan_entry>& applied) {
    plan rest = p;
    rest.entries.clear();
    auto done = applied.begin();
    for (const plan_entry& e : p.entries) {
        const bool is_done = done != applied.end() && done->path == e.path;
        if (is_done) ++done;
        if (!is_done || !is_pending(e)) {
            rest.entries.push_back(e);
        } else if (auto entry = settled(e)) {
            rest.entries.push_back(std::move(*entry));
        }
    }
    return rest;
}

outcome<void> drop_stage(std::vector<change>& changes, const plan& rest, filesystem& project) {
    const std::string directory(stage_directory);
    TRY_ASSIGN(const auto there, project.list(directory.substr(0, directory.size() - 1)));
    const std::set<digest> needed = wanted_stage(rest);
    for (const directory_entry& entry : there) {
        if (!is_sha256(entry.name) || needed.contains(entry.name)) continue;
        changes.push_back({change::kind::remove, directory + entry.name, absent, absent, {}});
    }
    return {};
}

/// Finds the places in conflict again, which plan.json leaves out.
outcome<void> find_hunks(plan& rest, const project_contents& contents) {
    const content_source text_of = contents.source();
    for (plan_entry& e : rest.entries) {
        // The user may have deleted the file and kept what waits beside it: there is nothing to hold it against.
        if (!needs_attention(e) || !e.beside || e.beside->after == absent || e.after == absent) continue;
        TRY_ASSIGN(const std::string theirs, text_of(e.beside->after));
        TRY_ASSIGN(const std::string mine, text_of(e.after));
        std::optional<std::string> base;
        if (keeps_base(e.owner) && e.base != absent) {
            TRY_ASSIGN(base, text_of(e.base));
        }
        TRY_ASSIGN(e.hunks, conflict_hunks(e.path, base, mine, theirs));
    }
    return {};
}

/// A plan may not pass a file off as another class of files than the manifest knows it for, to have it overwritten.
outcome<void> check_owners(const std::vector<plan_entry>& entries, const manifest& known) {
    const auto is_of = [&](const std::string& path, owner_class owner) {
        const auto line = known.files.find(path);
        const bool replaceable = keeps_waiting(owner) && line != known.files.end() && keeps_waiting(line->second.owner);
        return line == known.files.end() || line->second.owner == owner || replaceable;
    };
    for (const plan_entry& e : entries) {
        const bool touches = writes_file(e) || e.action == plan_action::remove;
        const bool moves_known = !e.from || known.files.contains(e.from->path);
        if (!touches || (is_of(e.path, e.owner) && moves_known && (!e.from || is_of(e.from->path, e.owner)))) continue;
        return failure{failure_kind::malformed, "plan.json: '" + e.path + "' belongs to another class of files",
                       "run `tenon generate` again"};
    }
    return {};
}

failure stale_plan(const std::vector<std::string>& changed) {
    std::string paths;
    for (const std::string& path : changed) paths += "\n  " + path;
    return {failure_kind::stale, "the project changed while it was looked at; nothing was written:" + paths,
            "run `tenon generate` again for a new plan"};
}

/// Of an entry: its file, where that comes from, and what goes beside it.
bool is_about(const plan_entry& e, const std::string& path) {
    return e.path == path || (e.from && e.from->path == path) || (e.beside && e.beside->path == path);
}

outcome<left_alone> apply_entries(const saved_plan& p, const std::vector<plan_entry>& applied, filesystem& project) {
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    TRY(check_owners(applied, known.content));
    plan rest = remainder(p.content, applied);
    const bool complete = !has_pending(rest);
    project_contents contents(project, known.bases, p.content.entries);
    std::vector<change> changes = changes_of(applied, known.content);
    const manifest after = next_manifest(known.content, p.content, applied);
    TRY_ASSIGN(const auto bases, next_bases(known.bases, applied, after, contents.source()));
    TRY(want_bases(changes, project, known.bases, contents.add(write_bases(bases))));
    TRY(drop_stage(changes, rest, project));
    TRY(find_hunks(rest, contents));
    const std::string conflicts = write_conflicts(rest.entries);
    TRY(want_content(changes, project, conflicts_path, conflicts.empty() ? absent : contents.add(conflicts)));
    const digest manifest_bytes = contents.add(write_manifest(after));
    rest.manifest = manifest_bytes;
    if (!complete) {
        TRY(want_content(changes, project, plan_path, contents.add(write_plan(rest))));
    }
    TRY(want_content(changes, project, applied_path, complete ? contents.add(applied_text(p.bytes)) : absent));
    TRY(want_content(changes, project, manifest_path, manifest_bytes));
    TRY(keep_for_undo(changes, project, contents));
    return commit_changes(project, changes, contents.source());
}

/// What would be done to a file of a migration.
bool is_of_migration(const plan_entry& e) {
    return e.owner == owner_class::frozen && is_pending(e);
}

/// A seeded file gets the names that its entity has now.
bool carries_names(const plan_entry& e) {
    using enum plan_action;
    return e.owner == owner_class::seeded && is_pending(e) &&
           (e.action == merge || e.action == conflict || e.action == move);
}

/// Without the spec's copy a name would be carried twice, and with it alone never.
bool is_of_names(const plan_entry& e) {
    return carries_names(e) || (e.path == spec_path && is_pending(e));
}

}  // namespace

std::vector<plan_entry> selected_entries(const plan& p, const std::vector<std::string>& only) {
    const auto is_named = [&](const plan_entry& e) {
        return only.empty() || std::any_of(only.begin(), only.end(),
                                           [&](const std::string& pattern) { return matches_glob(pattern, e.path); });
    };
    const auto any = [&](const auto& is) { return std::any_of(p.entries.begin(), p.entries.end(), is); };
    const bool with_migrations = any([&](const plan_entry& e) { return is_of_migration(e) && is_named(e); });
    const bool with_names =
        any(carries_names) && any([&](const plan_entry& e) { return is_of_names(e) && is_named(e); });
    std::vector<plan_entry> entries;
    std::copy_if(p.entries.begin(), p.entries.end(), std::back_inserter(entries), [&](const plan_entry& e) {
        return is_named(e) || (with_migrations && is_of_migration(e)) || (with_names && is_of_names(e));
    });
    return entries;
}

outcome<applied_plan> apply_saved_plan(const saved_plan& p, const std::vector<std::string>& only, filesystem& project) {
    const std::vector<plan_entry> applied = selected_entries(p.content, only);
    applied_plan done;
    std::copy_if(applied.begin(), applied.end(), std::back_inserter(done.entries), is_pending);
    if (done.entries.empty()) return done;
    auto committed = apply_entries(p, applied, project);
    if (!committed) {
        // Something saved just now may be why, and then it is no error.
        const auto committed_already = project.inspect(journal_committed_path);
        const auto changed = stale_paths(p.content, project);
        const bool untouched = committed_already && committed_already->kind == node_kind::absent;
        if (!untouched || !changed || changed->empty()) return committed.error();
        return stale_plan(*changed);
    }
    done.saved = std::move(*committed);
    std::erase_if(done.entries, [&](const plan_entry& e) {
        return std::any_of(done.saved.paths.begin(), done.saved.paths.end(),
                           [&](const std::string& path) { return is_about(e, path); });
    });
    return done;
}

outcome<void> apply_in_place(const plan& p, const tree& t, filesystem& project) {
    plan whole = p;
    complete_digests(whole, t);
    tree_contents contents(whole, t);
    TRY_ASSIGN(const base_texts before, load_bases(project));
    std::vector<change> changes = changes_of(whole.entries, {});
    std::map<std::string, std::string_view> bases;
    for (const auto& [name, content] : first_bases(whole.entries)) bases.emplace(name, contents.at(content));
    TRY(want_bases(changes, project, before, contents.add(write_bases(bases))));
    const digest plan_bytes = contents.add(write_plan(whole));
    TRY(want_content(changes, project, plan_path, plan_bytes));
    TRY(want_content(changes, project, applied_path, contents.add(applied_text(plan_bytes))));
    const manifest after = next_manifest({}, whole, whole.entries);
    TRY(want_content(changes, project, manifest_path, contents.add(write_manifest(after))));
    TRY(commit_changes(project, changes, contents.source()));
    return {};
}

}  // namespace tenon::gen
