// Walks over the paths of the tree and the manifest.
#include "generator/plan/make_plan.hpp"

#include <algorithm>

#include "generator/plan/judge_move.hpp"
#include "generator/plan/judge_path.hpp"
#include "generator/plan/path_rules.hpp"
#include "generator/plan/user_renames.hpp"

namespace tenon::gen {
namespace {

/// Every pattern must have found something to bring back.
outcome<void> check_restored(const plan& p, const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
        const bool found = std::any_of(p.entries.begin(), p.entries.end(), [&](const plan_entry& e) {
            return e.reason == plan_reason::restored && matches_glob(pattern, e.path);
        });
        if (found) continue;
        return failure{failure_kind::refused, "'" + pattern + "' is no file that you deleted and that is generated",
                       "--restore takes the paths that `apply-plan DIR --json` shows as respect_deletion"};
    }
    return {};
}

outcome<void> check_no_conflict(const plan& p) {
    std::string paths;
    for (const plan_entry& e : p.entries) {
        if (e.action == plan_action::conflict || e.reason == plan_reason::both_changed) paths += "\n  " + e.path;
    }
    if (paths.empty()) return {};
    return failure{failure_kind::refused, "you and the generator changed the same lines; nothing was planned:" + paths,
                   "without --on-conflict abort, what is generated goes beside each of these files"};
}

}  // namespace

outcome<void> check_tree(const tree& t) {
    std::vector<std::string_view> paths;
    paths.reserve(t.files.size());
    for (const auto& [path, file] : t.files) {
        if (const auto why = why_path_refused(path)) {
            return failure{failure_kind::refused, "the path '" + path + "' of " + file.origin + " " + *why};
        }
        paths.push_back(path);
    }
    if (const auto why = why_paths_clash(paths)) {
        return failure{failure_kind::refused, "two generated files cannot be together: " + *why};
    }
    return {};
}

outcome<known_manifest> load_manifest(filesystem& project) {
    known_manifest known;
    TRY_ASSIGN(auto file, project.read(manifest_path, max_record_bytes));
    if (file) {
        TRY_ASSIGN(known.content, read_manifest(file->content));
        known.bytes = sha256(file->content);
    }
    TRY_ASSIGN(known.bases, load_bases(project));
    return known;
}

outcome<plan> make_plan(const tree& t, const known_manifest& before, filesystem& project, const plan_origin& origin,
                        const plan_wishes& wishes) {
    TRY(check_tree(t));
    plan_work work{t, before.content, before.bases, project, wishes};
    work.made.generator_version = origin.generator_version;
    work.made.spec = origin.spec;
    work.made.manifest = before.bytes;
    work.made.entries.reserve(t.files.size());
    TRY_ASSIGN(const planned_moves moves, find_moves(work));
    auto file = t.files.begin();
    auto known = before.content.files.begin();
    // Both are sorted: one walk over their union.
    while (file != t.files.end() || known != before.content.files.end()) {
        const bool has_file =
            file != t.files.end() && (known == before.content.files.end() || file->first <= known->first);
        const bool has_known =
            known != before.content.files.end() && (file == t.files.end() || known->first <= file->first);
        const std::string& path = has_file ? file->first : known->first;
        if (const auto move = moves.former.find(path); move != moves.former.end()) {
            TRY(judge_move(work, path, move->second));
        } else if (!moves.gone.contains(path)) {
            TRY(judge_path(work, {path, has_file ? &file->second : nullptr, has_known ? &known->second : nullptr}));
        }
        if (has_file) ++file;
        if (has_known) ++known;
    }
    TRY(find_user_renames(work));
    TRY(check_restored(work.made, wishes.restore));
    if (wishes.on_conflict == conflict_policy::abort) TRY(check_no_conflict(work.made));
    if (has_pending(work.made)) complete_digests(work.made, t);
    return std::move(work.made);
}

void complete_digests(plan& p, const tree& t) {
    for (plan_entry& e : p.entries) {
        if (e.after.empty()) e.before = e.base = e.after = e.new_base = sha256(t.files.at(e.path).content);
    }
}

}  // namespace tenon::gen
