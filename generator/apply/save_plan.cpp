// Saving a plan in its project, and finding out whether a saved one still holds.
#include <set>

#include "generator/apply/apply.hpp"
#include "generator/apply/contents.hpp"

namespace tenon::gen {
namespace {

outcome<digest> digest_on_disk(filesystem& project, std::string_view path) {
    auto file = project.read(path, max_file_bytes);
    if (file) return *file ? sha256((*file)->content) : absent;
    TRY_ASSIGN(const node_info info, project.inspect(path));
    if (info.kind == node_kind::file || info.kind == node_kind::absent) return std::move(file).error();
    return digest("not a file");
}

/// Adds the change that makes `path` hold `text` (or vanish, when `text` is nothing), unless it does already.
outcome<void> want(std::vector<change>& changes, filesystem& project, std::string_view path, const digest& wanted) {
    TRY_ASSIGN(const digest now, digest_on_disk(project, path));
    if (now == wanted) return {};
    change c{wanted == absent ? change::kind::remove : change::kind::write, std::string(path), now, wanted, {}};
    if (now == absent) c.executable = false;
    changes.push_back(std::move(c));
    return {};
}

std::set<std::string> wanted_stage(const plan& p) {
    std::set<std::string> wanted;
    for (const plan_entry& e : p.entries) {
        if (!is_pending(e)) continue;
        if (const auto content = staged_content(e)) wanted.insert(*content);
    }
    return wanted;
}

outcome<void> stage(std::vector<change>& changes, filesystem& project, const plan& p, tree_contents& contents) {
    const std::set<std::string> wanted = wanted_stage(p);
    const std::string directory(stage_directory);
    // Staged content is nobody's business in version control: it is there until the plan is applied.
    const digest ignore_all = contents.add("*\n");
    TRY(want(changes, project, directory + ".gitignore", wanted.empty() ? absent : ignore_all));
    TRY_ASSIGN(const auto there, project.list(directory.substr(0, directory.size() - 1)));
    for (const directory_entry& entry : there) {
        if (!is_sha256(entry.name) || wanted.contains(entry.name)) continue;
        changes.push_back({change::kind::remove, directory + entry.name, absent, absent, {}});
    }
    for (const std::string& name : wanted) {
        TRY(want(changes, project, directory + name, name));
    }
    return {};
}

}  // namespace

outcome<std::vector<std::string>> stale_paths(const plan& p, filesystem& project) {
    std::vector<std::string> changed;
    TRY_ASSIGN(const digest manifest_now, digest_on_disk(project, manifest_path));
    if (manifest_now != p.manifest) changed.emplace_back(manifest_path);
    for (const plan_entry& e : p.entries) {
        if (e.reason != plan_reason::not_a_file) {
            TRY_ASSIGN(const digest now, digest_on_disk(project, e.path));
            if (now != e.before) changed.push_back(e.path);
        }
        if (!e.beside) continue;
        TRY_ASSIGN(const digest beside_now, digest_on_disk(project, e.beside->path));
        if (beside_now != e.beside->before) changed.push_back(e.beside->path);
    }
    return changed;
}

outcome<std::optional<saved_plan>> load_plan(filesystem& project) {
    TRY_ASSIGN(const auto file, project.read(plan_path, max_file_bytes));
    if (!file) return std::optional<saved_plan>{};
    TRY_ASSIGN(auto content, read_plan(file->content));
    return std::optional<saved_plan>(saved_plan{std::move(content), sha256(file->content)});
}

outcome<bool> save_plan(const plan& p, const known_manifest& known, const tree& t, filesystem& project) {
    tree_contents contents(t);
    std::vector<change> changes;
    TRY(stage(changes, project, p, contents));
    const std::string conflicts = write_conflicts(p);
    TRY(want(changes, project, conflicts_path, conflicts.empty() ? absent : contents.add(conflicts)));
    TRY_ASSIGN(const digest saved, digest_on_disk(project, plan_path));
    // With nothing to do, the plan that led here is as true as a new one that says so.
    const bool still_good = !has_pending(p) && saved != absent && saved == known.content.plan;
    if (!still_good) {
        TRY(want(changes, project, plan_path, contents.add(write_plan(p))));
    }
    if (changes.empty()) return false;
    TRY(commit_changes(project, changes, contents.source()));
    return true;
}

outcome<std::vector<std::string>> waiting_files(const manifest& m, filesystem& project) {
    std::vector<std::string> waiting;
    for (const auto& [path, entry] : m.files) {
        if (!entry.conflict) continue;
        TRY_ASSIGN(const node_info info, project.inspect(entry.conflict->path));
        if (info.kind != node_kind::absent) waiting.push_back(entry.conflict->path);
    }
    return waiting;
}

}  // namespace tenon::gen
