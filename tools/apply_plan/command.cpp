// open → lock → recover → status → apply → report.
#include "command.hpp"

#include <algorithm>
#include <iostream>

#include "generator/apply/diff.hpp"
#include "generator/plan/gate.hpp"
#include "generator/support/report_json.hpp"
#include "report.hpp"

namespace tenon::gen {
namespace {

std::vector<plan_entry> chosen(const project_status& status, const std::vector<std::string>& only) {
    return status.saved ? selected_entries(status.saved->content, only) : std::vector<plan_entry>();
}

outcome<project_status> known_status(filesystem& project, const std::string& directory) {
    TRY_ASSIGN(project_status status, status_of(project));
    if (status.saved || status.interrupted) return status;
    return failure{failure_kind::refused, "'" + directory + "' has no plan",
                   "run `tenon generate SPEC --out " + directory + "` first"};
}

/// The code of a dry run that looks at some files only.
exit_code code_of(const project_status& status, const std::vector<plan_entry>& entries, bool restricted) {
    if (!restricted || status.code == exit_code::stale || status.applied) return status.code;
    if (std::any_of(entries.begin(), entries.end(), needs_attention)) return exit_code::conflicts;
    return std::any_of(entries.begin(), entries.end(), is_pending) ? exit_code::pending : exit_code::clean;
}

/// Takes the last apply back. What was edited since stays, and then so does all else.
outcome<apply_plan_report> undo(apply_plan_report report, filesystem& project) {
    TRY_ASSIGN(report.undo, undo_last_apply(project));
    TRY_ASSIGN(report.status, status_of(project));
    const bool whole = report.undo.changed.empty() && report.undo.saved.empty();
    report.status.code = whole ? exit_code::clean : exit_code::stale;
    return report;
}

outcome<apply_plan_report> work(const apply_plan_options& options) {
    apply_plan_report report;
    report.options = options;
    TRY_ASSIGN(const auto project, open_directory(options.directory));
    if (options.apply || options.undo) {
        TRY(project->lock());
        TRY_ASSIGN(report.recovered, recover(*project));
    }
    if (options.undo) return undo(std::move(report), *project);
    TRY_ASSIGN(report.status, known_status(*project, options.directory));
    report.entries = chosen(report.status, options.only);
    const bool open = report.status.saved && !report.status.applied && report.status.stale.empty();
    if (options.diff && open) {
        TRY_ASSIGN(report.diff, diff_of(report.entries, *project, painter(shows_colour(1) && !options.json)));
    }
    if (open) report.caught = caught_by(options.fail_on, report.status.saved->content);
    if (!report.caught.empty()) {
        report.status.code = exit_code::gated;
        return report;
    }
    if (!options.apply) {
        report.status.code = code_of(report.status, report.entries, !options.only.empty());
        return report;
    }
    if (!report.status.stale.empty()) return report;
    report.entries.clear();
    if (open) {
        TRY_ASSIGN(applied_plan done, apply_saved_plan(*report.status.saved, options.only, *project));
        report.entries = std::move(done.entries);
        report.saved = std::move(done.saved);
        report.wrote = true;
    }
    TRY_ASSIGN(report.status, known_status(*project, options.directory));
    return report;
}

}  // namespace

exit_code run_apply_plan(const apply_plan_options& options) {
    const auto report = work(options);
    if (!report) {
        const exit_code code = code_of(report.error());
        if (options.json) std::cout << failure_report(report.error(), code);
        if (!options.json) std::cerr << text_failure(report.error());
        return code;
    }
    if (options.json) {
        std::cout << json_report(*report);
    } else if (!options.check || options.apply || options.undo) {
        std::cout << text_report(*report);
    }
    return report->status.code;
}

}  // namespace tenon::gen
