// Formats what apply-plan found and did.
#include "report.hpp"

#include "generator/plan/json_reading.hpp"
#include "generator/plan/summary.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_listed = 20;

std::string listed(const std::vector<std::string>& paths) {
    std::string out;
    for (std::size_t i = 0; i < paths.size() && i < max_listed; ++i) out += "  " + paths[i] + "\n";
    if (paths.size() > max_listed) out += "  and " + std::to_string(paths.size() - max_listed) + " more\n";
    return out;
}

std::string_view status_name(exit_code code) {
    switch (code) {
        case exit_code::clean:
            return "clean";
        case exit_code::failed:
            return "failed";
        case exit_code::pending:
            return "pending";
        case exit_code::conflicts:
            return "conflicts";
        case exit_code::stale:
            return "stale";
    }
    return {};
}

std::string left_to_decide(const project_status& s) {
    std::string out;
    if (!s.waiting.empty()) {
        out += "Waiting for you: take what you want from each of these, then delete it.\n" + listed(s.waiting);
    }
    if (!s.wrong.empty()) out += "In error, see above or conflicts.json:\n" + listed(s.wrong);
    return out;
}

std::string recovery_text(const recovery_report& r) {
    if (r.what == recovery::nothing) return {};
    std::string out = r.what == recovery::finished ? "An interrupted run was finished first.\n"
                                                   : "An interrupted run was undone first.\n";
    if (!r.set_aside.empty()) {
        out += "Edited since then and left alone, the new content is beside each:\n" + listed(r.set_aside);
    }
    return out;
}

std::string dry_run_text(const apply_plan_report& report, const painter& paint) {
    const project_status& s = report.status;
    if (s.interrupted) return "An earlier run was interrupted. `apply-plan --apply` finishes or undoes it first.\n";
    if (!s.stale.empty()) {
        return "The project changed since the plan was made; nothing was written. Changed:\n" + listed(s.stale) +
               "Run `tenon generate` again for a new plan.\n";
    }
    if (s.applied) return "The plan is applied; nothing to do.\n";
    std::string out = summarize(report.entries, paint) + report.diff;
    const plan part{{}, {}, {}, report.entries};
    if (has_pending(part))
        out += "Nothing was written. `apply-plan " + report.options.directory + " --apply` does it.\n";
    return out;
}

std::string strings(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + json_quoted(value);
    return out + "]";
}

}  // namespace

std::string text_report(const apply_plan_report& report) {
    const painter paint(shows_colour(1));
    std::string out = recovery_text(report.recovered);
    if (!report.options.apply) return out + dry_run_text(report, paint) + left_to_decide(report.status);
    if (report.status.code == exit_code::stale) return out + dry_run_text(report, paint);
    out += report.entries.empty() ? "Nothing to apply.\n" : "Applied: " + applied_totals(report.entries) + "\n";
    if (report.options.diff) out += report.diff;
    return out + left_to_decide(report.status);
}

std::string json_report(const apply_plan_report& report) {
    std::string out = "{\"format_version\": 1, \"status\": \"" + std::string(status_name(report.status.code)) +
                      "\", \"exit_code\": " + std::to_string(static_cast<int>(report.status.code)) +
                      ", \"applied\": " + (report.options.apply ? "true" : "false") +
                      ",\n \"stale\": " + strings(report.status.stale) +
                      ",\n \"waiting\": " + strings(report.status.waiting) +
                      ",\n \"errors\": " + strings(report.status.wrong) +
                      ",\n \"set_aside\": " + strings(report.recovered.set_aside) + ",\n \"files\": [";
    std::string_view separator = "\n  ";
    for (const plan_entry& e : report.entries) {
        if (e.action == plan_action::unchanged && !is_pending(e)) continue;
        (out += separator) += "{\"path\": " + json_quoted(e.path) + ", \"action\": \"" +
                              std::string(to_string(e.action)) + "\", \"reason\": \"" +
                              std::string(to_string(e.reason)) + "\"";
        if (e.beside && e.beside->after != absent) out += ", \"new_path\": " + json_quoted(e.beside->path);
        out += "}";
        separator = ",\n  ";
    }
    return out + "]}\n";
}

std::string json_failure(const failure& why, exit_code code) {
    return "{\"format_version\": 1, \"status\": \"" + std::string(status_name(code)) +
           "\", \"exit_code\": " + std::to_string(static_cast<int>(code)) +
           ", \"message\": " + json_quoted(why.message) + ", \"hint\": " + json_quoted(why.hint) + "}\n";
}

std::string text_failure(const failure& why) {
    return "apply-plan: " + printable(why.message) + "\n" + (why.hint.empty() ? "" : "  hint: " + why.hint + "\n");
}

}  // namespace tenon::gen
