// Works out where a project stands from its plan, its manifest and the disk.
#include "generator/apply/status.hpp"

#include <algorithm>

#include "generator/apply/journal.hpp"

namespace tenon::gen {
namespace {

outcome<bool> was_interrupted(filesystem& project) {
    for (const auto path : {journal_committed_path, journal_prepared_path, journal_draft_path}) {
        TRY_ASSIGN(const node_info info, project.inspect(path));
        if (info.kind != node_kind::absent) return true;
    }
    return false;
}

/// The errors of a plan that was applied are over once somebody changed the file.
outcome<std::vector<std::string>> still_wrong(const plan& p, const std::vector<std::string>& changed) {
    std::vector<std::string> wrong;
    for (const plan_entry& e : p.entries) {
        const bool same = std::find(changed.begin(), changed.end(), e.path) == changed.end();
        if (e.action == plan_action::error && same) wrong.push_back(e.path);
    }
    return wrong;
}

exit_code code_of(const project_status& s) {
    if (!s.stale.empty()) return exit_code::stale;
    if (!s.waiting.empty() || !s.wrong.empty()) return exit_code::conflicts;
    if (s.saved && !s.applied && has_attention(s.saved->content)) return exit_code::conflicts;
    if (s.interrupted || (s.saved && !s.applied && has_pending(s.saved->content))) return exit_code::pending;
    return exit_code::clean;
}

}  // namespace

failure interrupted_run() {
    return {failure_kind::interrupted, "an earlier run was interrupted",
            "`apply-plan --apply` finishes or undoes it first"};
}

outcome<void> refuse_interrupted(filesystem& project) {
    TRY_ASSIGN(const bool has_journal, was_interrupted(project));
    if (!has_journal) return {};
    // Whoever applies just now holds the project, and its journal is no leftover.
    TRY(lock_uninterrupted(project));
    project.unlock();
    return {};
}

outcome<void> lock_uninterrupted(filesystem& project) {
    TRY(project.lock());
    const auto interrupted = was_interrupted(project);
    if (interrupted && !*interrupted) return {};
    project.unlock();
    return interrupted ? interrupted_run() : interrupted.error();
}

outcome<project_status> status_of(filesystem& project) {
    project_status s;
    TRY_ASSIGN(s.saved, load_plan(project));
    TRY_ASSIGN(s.interrupted, was_interrupted(project));
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    TRY_ASSIGN(s.waiting, waiting_files(known.content, project));
    TRY_ASSIGN(s.settled, settled_by_hand(known, project));
    TRY_ASSIGN(s.edited, edited_vendored(known.content, project));
    if (s.saved) {
        TRY_ASSIGN(const digest applied, load_applied(project));
        s.applied = s.saved->bytes == applied;
        TRY_ASSIGN(auto changed, stale_paths(s.saved->content, project));
        TRY_ASSIGN(s.wrong, still_wrong(s.saved->content, changed));
        // Files may change freely after a plan is applied, or when it had nothing to do.
        if (!s.applied && !s.interrupted && has_pending(s.saved->content)) s.stale = std::move(changed);
    }
    s.code = code_of(s);
    return s;
}

}  // namespace tenon::gen
