// Formats what apply-plan found and did.
#include "report.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "generator/plan/gate.hpp"
#include "generator/plan/json_reading.hpp"
#include "generator/plan/summary.hpp"
#include "generator/support/report_json.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

std::string listed(const std::vector<std::string>& paths) {
    std::string out;
    for (const std::string& path : paths) out += "  " + path + "\n";
    return out;
}

/// For what nobody has to look at one by one.
std::string some_of(const std::vector<std::string>& paths) {
    constexpr std::size_t most = 20;
    if (paths.size() <= most) return listed(paths);
    return listed({paths.begin(), paths.begin() + most}) + "  and " + std::to_string(paths.size() - most) + " more\n";
}

std::string left_to_decide(const project_status& s, const std::string& directory) {
    std::string out;
    if (!s.settled.empty())
        out += "Settled by hand; `tenon resolve " + directory + "` records it:\n" + listed(s.settled);
    if (!s.waiting.empty()) {
        out += "Waiting for you: take what you want from each of these, then delete it.\n" + listed(s.waiting);
    }
    if (!s.edited.empty()) {
        out += "Edited by you in the runtime's copy, and kept; no upgrade is merged into these, so keep them few:\n" +
               listed(s.edited);
    }
    if (!s.wrong.empty()) out += "In error, see above or .tenon/conflicts.json:\n" + listed(s.wrong);
    return out;
}

/// `when` completes "saved".
std::string saved_text(const left_alone& saved, const std::string& when) {
    std::string out;
    if (!saved.paths.empty()) out = "Saved " + when + ", and left alone:\n" + listed(saved.paths);
    if (!saved.kept.empty()) out += "Saved twice; the earlier one is beside:\n" + listed(saved.kept);
    return out.empty() ? out : out + "Run `tenon generate` again for what is left.\n";
}

std::string recovery_text(const recovery_report& r) {
    if (r.what == recovery::nothing) return {};
    std::string out = r.what == recovery::finished ? "An interrupted run was finished first.\n"
                                                   : "An interrupted run was undone first.\n";
    return out + saved_text(r.saved, "since then");
}

std::string dry_run_text(const apply_plan_report& report, const painter& paint) {
    const project_status& s = report.status;
    if (s.interrupted)
        return "An earlier run was interrupted. `apply-plan " + report.options.directory +
               " --apply` finishes or undoes it first.\n";
    if (!s.stale.empty()) {
        return "The project changed since the plan was made; nothing was written. Changed:\n" + some_of(s.stale) +
               "Run `tenon generate` again for a new plan.\n";
    }
    if (s.applied) return "The plan is applied; nothing to do.\n";
    std::string out =
        summarize_impacts(s.saved->content.impacts, paint) + summarize(report.entries, paint) + report.diff;
    if (std::any_of(report.entries.begin(), report.entries.end(), is_pending))
        out += "Nothing was written. `apply-plan " + report.options.directory + " --apply` does it.\n";
    return out;
}

std::string strings(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + json_quoted(value);
    return out + "]";
}

std::string undo_text(const undo_report& r) {
    if (!r.changed.empty()) {
        return "Edited since the last apply, so nothing was undone:\n" + listed(r.changed) +
               "Bring these back to how the apply left them, or undo by version control.\n";
    }
    if (!r.saved.empty()) return "Undone, but for what was saved meanwhile:\n" + listed(r.saved);
    return "Undone, as before the last apply (" + std::to_string(r.undone.size()) + " files):\n" + some_of(r.undone) +
           "Its plan is open again.\n";
}

std::string_view recovery_name(recovery what) {
    switch (what) {
        case recovery::nothing:
            return "nothing";
        case recovery::rolled_back:
            return "rolled_back";
        case recovery::finished:
            return "finished";
    }
    return {};
}

/// How many files are counted as each action: {"create": 3, "update": 1}.
std::string counts(const std::vector<plan_entry>& entries) {
    std::map<std::string_view, int> numbers;
    for (const plan_entry& e : entries) ++numbers[to_string(counted_as(e))];
    std::string out = "{";
    for (const auto& [action, number] : numbers) {
        out += (out.size() > 1 ? ", " : "") + json_quoted(action) + ": " + std::to_string(number);
    }
    return out + "}";
}

std::string file_json(const plan_entry& e, bool open) {
    std::string out = "{\"path\": " + json_quoted(e.path) + ", \"action\": \"" + std::string(to_string(e.action)) +
                      "\", \"reason\": \"" + std::string(to_string(e.reason)) + "\", \"owner\": \"" +
                      std::string(to_string(e.owner)) +
                      "\", \"pending\": " + (open && is_pending(e) ? "true" : "false");
    if (e.from) out += ", \"from\": " + json_quoted(e.from->path);
    if (e.beside && e.beside->after != absent) out += ", \"new_path\": " + json_quoted(e.beside->path);
    return out + "}";
}

std::string head_of(const apply_plan_report& report) {
    const exit_code code = report.status.code;
    if (!report.caught.empty()) return report_head(code, gate_message(report.caught), gate_hint);
    if (code != exit_code::stale) return report_head(code);
    if (report.options.undo)
        return report_head(code, "edited since the last apply", "bring it back, or use version control");
    return report_head(code, "the project changed since the plan was made", "run `tenon generate` again");
}

}  // namespace

std::string text_report(const apply_plan_report& report) {
    const painter paint(shows_colour(1));
    std::string out = recovery_text(report.recovered);
    if (report.options.undo) return out + undo_text(report.undo);
    const std::string objection = report.caught.empty() ? "" : gate_message(report.caught) + "\n";
    if (!report.options.apply)
        return out + dry_run_text(report, paint) + left_to_decide(report.status, report.options.directory) + objection;
    if (!objection.empty()) return out + "Nothing was written. " + objection;
    if (report.status.code == exit_code::stale && !report.wrote) return out + dry_run_text(report, paint);
    out += report.entries.empty() ? "Nothing to apply.\n" : "Applied: " + applied_totals(report.entries) + "\n";
    if (report.options.diff) out += report.diff;
    return out + saved_text(report.saved, "while the plan was applied") +
           left_to_decide(report.status, report.options.directory);
}

std::string json_report(const apply_plan_report& report) {
    const project_status& status = report.status;
    std::string out = head_of(report) + ", \"applied\": " + (report.options.apply ? "true" : "false") +
                      ", \"recovered\": \"" + std::string(recovery_name(report.recovered.what)) + "\"";
    std::vector<std::string> set_aside = report.recovered.saved.paths;
    std::vector<std::string> kept = report.recovered.saved.kept;
    for (const auto* more : {&report.saved.paths, &report.undo.saved}) {
        set_aside.insert(set_aside.end(), more->begin(), more->end());
    }
    kept.insert(kept.end(), report.saved.kept.begin(), report.saved.kept.end());
    const std::array<std::pair<std::string_view, const std::vector<std::string>*>, 9> lists{
        {{"stale", &status.stale},
         {"waiting", &status.waiting},
         {"errors", &status.wrong},
         {"edited_vendored", &status.edited},
         {"set_aside", &set_aside},
         {"kept_beside", &kept},
         {"undone", &report.undo.undone},
         {"not_undone", &report.undo.changed},
         {"caught", &report.caught}}};
    for (const auto& [name, paths] : lists) out += ",\n \"" + std::string(name) + "\": " + strings(*paths);
    const bool open = status.saved && !status.applied;
    out += ",\n \"impacts\": [";
    if (open && !status.saved->content.impacts.empty()) {
        out += "\n" + write_impacts(status.saved->content.impacts, "  ") + "\n ";
    }
    out += "],\n \"counts\": " + counts(report.entries) + ",\n \"files\": [";
    std::string_view separator = "\n  ";
    for (const plan_entry& e : report.entries) {
        if (e.action == plan_action::unchanged && !is_pending(e)) continue;
        (out += separator) += file_json(e, open && !report.options.apply);
        separator = ",\n  ";
    }
    out += "]";
    if (report.options.diff) {
        const bool fits = !find_invalid_utf8(report.diff);
        out += ",\n \"diff\": " + (fits ? json_quoted(report.diff) : "null, \"diff_is_not_utf8\": true");
    }
    return out + "}\n";
}

std::string text_failure(const failure& why) {
    return "apply-plan: " + printable(why.message) + "\n" + (why.hint.empty() ? "" : "  hint: " + why.hint + "\n");
}

}  // namespace tenon::gen
