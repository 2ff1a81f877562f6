// Saving a plan in its project, and finding out whether a saved one still holds.
#include <algorithm>
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

/// Whether the base that a plan was made with is still there, be it the file's or, of a conflict that was resolved
/// since, what waited beside it.
bool has_base(const plan_entry& e, const base_texts& bases) {
    if (!keeps_base(e.owner) || e.from) return true;
    const std::vector<std::string> texts = bases.all(e.path);
    // Without one it may have been vendored, and untouched; that it still is, is looked at anyway.
    if (texts.empty() && (e.base == absent || e.base == e.before)) return true;
    // Of two that git could not merge, the plan may have taken what git has made of them.
    if (texts.size() > 1) return true;
    if (!texts.empty() && sha256(texts.front()) == e.base) return true;
    const auto waited = bases.find(waiting_name(e.path));
    return waited && sha256(*waited) == e.base;
}

/// A plan that a Tenon before left in the project's root.
outcome<std::optional<saved_plan>> read_former_plan(filesystem& project) {
    const auto file = project.read(former_plan_path, max_record_bytes);
    if (!file || !*file) return std::optional<saved_plan>{};
    auto content = read_plan((*file)->content);
    if (!content) return std::optional<saved_plan>{};
    return std::optional<saved_plan>(saved_plan{std::move(*content), sha256((*file)->content)});
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

outcome<void> add_stale(std::vector<std::string>& changed, const plan_entry& e, const base_texts& bases,
                        filesystem& project) {
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
    if (is_pending(e) && !has_base(e, bases)) changed.emplace_back(std::string(bases_path) + " (" + e.path + ")");
    return {};
}

/// What a Tenon before left in the project's root. What cannot be read as such is the user's.
outcome<void> drop_former(std::vector<change>& changes, filesystem& project) {
    TRY_ASSIGN(const auto former, read_former_plan(project));
    if (former) TRY(want_content(changes, project, former_plan_path, absent));
    auto conflicts = project.read(former_conflicts_path, max_record_bytes);
    const bool is_tenons = conflicts && *conflicts && (*conflicts)->content.starts_with("{\n  \"format_version\": ") &&
                           (*conflicts)->content.find("\n  \"conflicts\": [") != std::string::npos;
    return is_tenons ? want_content(changes, project, former_conflicts_path, absent) : outcome<void>{};
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
    TRY_ASSIGN(const base_texts bases, load_bases(project));
    for (const plan_entry& e : p.entries) TRY(add_stale(changed, e, bases, project));
    return changed;
}

outcome<std::optional<saved_plan>> load_plan(filesystem& project) {
    TRY_ASSIGN(const auto file, project.read(plan_path, max_record_bytes));
    if (!file) return read_former_plan(project);
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
    TRY(drop_former(changes, project));
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

outcome<std::vector<std::string>> settled_by_hand(const known_manifest& known, filesystem& project) {
    std::vector<std::string> settled;
    for (const auto& [path, entry] : known.content.files) {
        if (entry.conflict.empty() || !known.bases.contains(waiting_name(path))) continue;
        TRY_ASSIGN(const node_info beside, project.inspect(entry.conflict));
        if (beside.kind == node_kind::absent) settled.push_back(path);
    }
    return settled;
}

outcome<std::vector<std::string>> edited_vendored(const manifest& m, filesystem& project) {
    std::vector<std::string> edited;
    for (const auto& [path, entry] : m.files) {
        if (entry.owner != owner_class::vendored || !entry.conflict.empty()) continue;
        TRY_ASSIGN(const digest now, digest_on_disk(project, path));
        const bool known = std::find(entry.digests.begin(), entry.digests.end(), now) != entry.digests.end();
        if (now != absent && !known) edited.push_back(path);
    }
    return edited;
}

}  // namespace tenon::gen
