// Saving a plan in its project, and finding out whether a saved one still holds.
#include <set>

#include "generator/apply/apply.hpp"
#include "generator/apply/contents.hpp"
#include "generator/plan/judge_path.hpp"

namespace tenon::gen {
namespace {

outcome<void> stage(std::vector<change>& changes, filesystem& project, const plan& p) {
    const std::string directory(stage_directory);
    const std::set<digest> wanted = wanted_stage(p);
    TRY_ASSIGN(const auto there, project.list(directory.substr(0, directory.size() - 1)));
    for (const directory_entry& entry : there) {
        if (!is_sha256(entry.name) || wanted.contains(entry.name)) continue;
        changes.push_back({change::kind::remove, directory + entry.name, absent, absent, {}});
    }
    for (const digest& name : wanted) {
        TRY(want_content(changes, project, directory + name, name));
    }
    return {};
}

/// Whether the base that a plan was made with is still there, be it the base copy or, of a conflict that was resolved
/// since, the copy of what waited.
outcome<bool> has_base(const plan_entry& e, filesystem& project) {
    if (!keeps_base(e.owner) || e.from) return true;
    TRY_ASSIGN(const digest base, digest_on_disk(project, base_copy_path(e.path)));
    if (base == e.base) return true;
    TRY_ASSIGN(const digest waited, digest_on_disk(project, waiting_copy_path(e.path)));
    return waited == e.base;
}

constexpr mode_t any_mode = ~mode_t{0};

/// A file as a plan found it: its content and, where it is about to be written, its mode.
outcome<bool> is_as_found(filesystem& project, const std::string& path, const digest& content, mode_t mode) {
    TRY_ASSIGN(const digest now, digest_on_disk(project, path));
    if (now != content) return false;
    if (content == absent || mode == any_mode) return true;
    TRY_ASSIGN(const node_info info, project.inspect(path));
    return info.permissions == mode;
}

outcome<void> add_stale(std::vector<std::string>& changed, const plan_entry& e, filesystem& project) {
    if (writes_file(e) && e.before == absent) {
        TRY_ASSIGN(const sight there, look(project, e.path));
        if (there.file || there.not_a_file || there.blocked) changed.push_back(e.path);
    } else if (e.reason != plan_reason::not_a_file) {
        const mode_t mode = is_pending(e) ? e.before_mode : any_mode;
        TRY_ASSIGN(const bool same, is_as_found(project, e.path, e.before, mode));
        if (!same) changed.push_back(e.path);
    }
    if (e.from) {
        TRY_ASSIGN(const bool same, is_as_found(project, e.from->path, e.from->before, e.from->before_mode));
        if (!same) changed.push_back(e.from->path);
    }
    if (e.beside) {
        TRY_ASSIGN(const digest now, digest_on_disk(project, e.beside->path));
        if (now != e.beside->before) changed.push_back(e.beside->path);
    }
    if (is_pending(e)) {
        TRY_ASSIGN(const bool same, has_base(e, project));
        if (!same) changed.push_back(base_copy_path(e.path));
    }
    return {};
}

}  // namespace

std::set<digest> wanted_stage(const plan& p) {
    std::set<digest> wanted;
    for (const plan_entry& e : p.entries) {
        if (is_pending(e)) wanted.merge(staged_contents(e));
    }
    return wanted;
}

std::string applied_text(const digest& plan_bytes) {
    return plan_bytes + "\n";
}

outcome<digest> load_applied(filesystem& project) {
    TRY_ASSIGN(const auto file, project.read(applied_path, max_record_bytes));
    if (!file || file->content.size() != applied_text(sha256({})).size()) return digest(absent);
    digest bytes = file->content.substr(0, file->content.size() - 1);
    return is_sha256(bytes) ? bytes : digest(absent);
}

outcome<std::vector<std::string>> stale_paths(const plan& p, filesystem& project) {
    std::vector<std::string> changed;
    TRY_ASSIGN(const digest manifest_now, digest_on_disk(project, manifest_path));
    if (manifest_now != p.manifest) changed.emplace_back(manifest_path);
    for (const plan_entry& e : p.entries) TRY(add_stale(changed, e, project));
    return changed;
}

outcome<std::optional<saved_plan>> load_plan(filesystem& project) {
    TRY_ASSIGN(const auto file, project.read(plan_path, max_record_bytes));
    if (!file) return std::optional<saved_plan>{};
    TRY_ASSIGN(auto content, read_plan(file->content));
    return std::optional<saved_plan>(saved_plan{std::move(content), sha256(file->content)});
}

outcome<bool> save_plan(const plan& p, const tree& t, filesystem& project) {
    tree_contents contents(p, t);
    std::vector<change> changes;
    TRY(stage(changes, project, p));
    const std::string conflicts = write_conflicts(p.entries);
    TRY(want_content(changes, project, conflicts_path, conflicts.empty() ? absent : contents.add(conflicts)));
    TRY_ASSIGN(const digest saved, digest_on_disk(project, plan_path));
    TRY_ASSIGN(const digest applied, load_applied(project));
    // With nothing to do, the plan that led here is as true as a new one that says so.
    const bool still_good = !has_pending(p) && saved != absent && saved == applied;
    if (!still_good) {
        plan whole = p;
        complete_digests(whole, t);
        TRY(want_content(changes, project, plan_path, contents.add(write_plan(whole))));
    }
    if (changes.empty()) return false;
    TRY(commit_changes(project, changes, contents.source()));
    return true;
}

outcome<std::vector<std::string>> waiting_files(const manifest& m, filesystem& project) {
    std::vector<std::string> waiting;
    for (const auto& [path, entry] : m.files) {
        if (entry.conflict.empty()) continue;
        TRY_ASSIGN(const node_info info, project.inspect(entry.conflict));
        if (info.kind != node_kind::absent) waiting.push_back(entry.conflict);
    }
    return waiting;
}

outcome<std::vector<std::string>> settled_by_hand(const manifest& m, filesystem& project) {
    std::vector<std::string> settled;
    for (const auto& [path, entry] : m.files) {
        if (entry.conflict.empty()) continue;
        TRY_ASSIGN(const node_info beside, project.inspect(entry.conflict));
        TRY_ASSIGN(const node_info written, project.inspect(waiting_copy_path(path)));
        const bool gone = beside.kind == node_kind::absent && written.kind != node_kind::absent;
        if (gone) settled.push_back(path);
    }
    return settled;
}

}  // namespace tenon::gen
