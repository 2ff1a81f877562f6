// Taking over a tree that has no manifest.
#include <algorithm>

#include "generator/cli/target.hpp"
#include "generator/support/report_json.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_listed = 20;

bool is_migration(const std::string& path) {
    return path.starts_with("migrations/") && path.ends_with(".sql");
}

/// With a history that Tenon does not know, the next migration would begin anew.
outcome<void> refuse_other_migrations(const plan& p) {
    for (const plan_entry& e : p.entries) {
        if (e.action != plan_action::error || !is_migration(e.path)) continue;
        return failure{
            failure_kind::refused, "'" + e.path + "' is not what the spec's first migration would be",
            "what led to it is only known to the .tenon directory of the project: restore that one from version "
            "control, with .tenon/schema/"};
    }
    return {};
}

/// What is to be remembered: what is there, and Tenon's own records of it. The rest is left to the next plan.
std::vector<plan_entry> to_record(const std::vector<plan_entry>& all) {
    const bool has_migrations = std::any_of(all.begin(), all.end(), [](const plan_entry& e) {
        return is_migration(e.path) && e.action != plan_action::create;
    });
    std::vector<plan_entry> out;
    for (const plan_entry& e : all) {
        const bool record = e.path.starts_with(".tenon/schema/") || is_migration(e.path);
        const bool needed = e.path == "spec.yaml" || (record && has_migrations);
        if (e.action != plan_action::error && (e.action != plan_action::create || needed)) out.push_back(e);
    }
    return out;
}

}  // namespace

outcome<exit_code> target::adopt(plan p, const tree& files, const console& out) const {
    if (kind_ != target_kind::occupied) {
        const bool known = kind_ == target_kind::project;
        return failure{failure_kind::refused,
                       "'" + directory_ + (known ? "' is a project already" : "' has nothing to take over"),
                       known ? "run `tenon generate`" : "run `tenon generate SPEC --out " + directory_ + "`"};
    }
    TRY(refuse_other_migrations(p));
    const std::size_t all = p.entries.size();
    p.entries = to_record(p.entries);
    std::string edited;
    std::size_t edits = 0;
    for (const plan_entry& e : p.entries) {
        if (e.reason != plan_reason::mine_chosen) continue;
        if (e.path == "spec.yaml") {
            return failure{failure_kind::refused, "'" + directory_ + "/spec.yaml' is another spec than the one given",
                           "give that one, or put yours in its place"};
        }
        if (++edits <= max_listed) edited += "  " + e.path + "\n";
    }
    if (edits > max_listed) edited += "  and " + std::to_string(edits - max_listed) + " more\n";
    TRY(apply_in_place(p, files, *project_));
    out.say("Adopted " + directory_ + ": " + std::to_string(p.entries.size() - edits) + " files as they are, " +
            std::to_string(edits) + " edited, " + std::to_string(all - p.entries.size()) + " not there");
    if (edits > 0)
        out.say("Edited: these differ from what is generated, and stay yours.\n" + edited.substr(0, edited.size() - 1));
    out.tell_programs(report_head(exit_code::clean) + ", \"recorded\": " + std::to_string(p.entries.size()) +
                          ", \"edited\": " + std::to_string(edits) + "}\n",
                      "");
    out.say("Next: tenon generate " + directory_ + "/spec.yaml --out " + directory_ + " plans what is missing.");
    return exit_code::clean;
}

}  // namespace tenon::gen
