// The summary of a plan, as text.
#include "generator/plan/summary.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {
namespace {

struct group {
    plan_action action;
    std::string_view sign;
    std::string_view title;
    colour look;
    std::string_view total;  ///< After the number, in the totals.
    std::string_view done;   ///< The same, once applied.
    bool listed;
    bool whole = false;  ///< Never cut: what it lists changes or takes away something of the user's.
};

// What needs a person first, then what changes or takes away something of theirs, then what comes, then what stays.
constexpr std::array<group, 11> groups{{
    {plan_action::error, "!", "error", colour::red, "in error", "in error", true, true},
    {plan_action::conflict, "!", "conflict", colour::red, "in conflict", "in conflict", true, true},
    {plan_action::merge, "*", "merge", colour::yellow, "to merge", "merged", true, true},
    {plan_action::remove, "-", "delete", colour::red, "to delete", "deleted", true, true},
    {plan_action::orphan, "?", "orphan", colour::cyan, "no longer generated, kept", "kept", true, true},
    {plan_action::move, ">", "move", colour::yellow, "to move", "moved", true},
    {plan_action::update, "~", "update", colour::yellow, "to update", "updated", true},
    {plan_action::create, "+", "create", colour::green, "to create", "created", true},
    {plan_action::respect, ".", "deleted", colour::dim, "deleted by you", "deleted by you", false},
    {plan_action::keep, "=", "keep", colour::dim, "kept", "kept", false},
    {plan_action::unchanged, " ", "unchanged", colour::dim, "unchanged", "recorded", false},
}};

bool is_listed(const group& g, const plan_entry& e) {
    return counted_as(e) == g.action && (g.listed || is_pending(e) || is_left_behind(e));
}

/// A layer is src/NAME/*.cpp: what lies deeper is built by nothing, unless a layer of the user's has that folder. The
/// sources of src/app are listed by name.
bool is_out_of_its_layer(const plan_entry& e) {
    const bool is_source = e.path.starts_with("src/") && e.now_at.ends_with(".cpp");
    const bool is_in_layer = e.now_at.starts_with("src/") && std::count(e.now_at.begin(), e.now_at.end(), '/') == 2;
    return is_source && (!is_in_layer || e.now_at.starts_with("src/app/"));
}

std::string line_of(const group& g, const plan_entry& e, const painter& paint) {
    const std::size_t width = 10;
    std::string title(g.title);
    title.resize(std::max(width, title.size()), ' ');
    std::string line = "  " + paint(g.look, std::string(g.sign) + " " + title);
    if (e.from) line += e.from->path + " -> ";
    line += e.path;
    if (!e.now_at.empty()) line += " -> " + e.now_at;
    if (e.beside && e.beside->after != absent) line += ", generated: " + e.beside->path;
    if (is_out_of_its_layer(e)) line += ", where no layer of Tenon's compiles it";
    const bool is_carried = e.action == plan_action::merge && e.reason == plan_reason::renamed;
    if (is_carried) line += paint(colour::dim, "  (yours, with the new names)");
    const bool obvious = e.reason == plan_reason::new_file || e.reason == plan_reason::generated_changed ||
                         e.reason == plan_reason::renamed;
    if (!obvious) line += paint(colour::dim, "  (" + std::string(explain(e.reason)) + ")");
    return line + "\n";
}

}  // namespace

std::string_view explain(plan_reason reason) {
    switch (reason) {
        case plan_reason::new_file:
            return "new";
        case plan_reason::restored:
            return "deleted by you, and wanted back";
        case plan_reason::renamed:
            return "has a new name";
        case plan_reason::generated_changed:
            return "generated differently now";
        case plan_reason::mode_changed:
            return "executable bit";
        case plan_reason::same_content:
            return "as generated";
        case plan_reason::caught_up:
            return "already as generated, to be recorded";
        case plan_reason::both_merged:
            return "your changes and the new ones";
        case plan_reason::edited_by_user:
            return "edited by you";
        case plan_reason::vendored_edited:
            return "edited by you; upgrades are not merged into the runtime: carry the change over by hand";
        case plan_reason::seeded_once:
            return "yours since it was first written";
        case plan_reason::frozen_once:
            return "an emitted migration";
        case plan_reason::conflict_open:
            return "conflict not resolved yet";
        case plan_reason::conflict_closed:
            return "conflict resolved, the file beside it goes";
        case plan_reason::conflict_resolved:
            return "conflict resolved, to be recorded";
        case plan_reason::both_changed:
            return "edited by you and generated differently in the same place";
        case plan_reason::unowned:
            return "was there before Tenon generated it";
        case plan_reason::mine_chosen:
            return "in conflict, decided for yours";
        case plan_reason::theirs_chosen:
            return "in conflict, decided for what is generated";
        case plan_reason::no_longer_generated:
            return "no longer generated";
        case plan_reason::migration_replaced:
            return "emitted anew";
        case plan_reason::deleted_by_user:
            return "deleted by you";
        case plan_reason::renamed_by_user:
            return "renamed by you, and no longer kept up to date";
        case plan_reason::frozen_edited:
            return "an emitted migration was edited: restore it";
        case plan_reason::frozen_missing:
            return "an emitted migration was deleted: restore it";
        case plan_reason::frozen_rewritten:
            return "would rewrite an emitted migration: left alone";
        case plan_reason::not_a_file:
            return "something that is no file is in the way";
    }
    return {};
}

namespace {

std::string count(const std::vector<plan_entry>& entries, std::string_view group::*word) {
    std::string out;
    for (const group& g : groups) {
        const auto number = std::count_if(entries.begin(), entries.end(),
                                          [&](const plan_entry& e) { return counted_as(e) == g.action; });
        if (number == 0) continue;
        if (!out.empty()) out += ", ";
        out += std::to_string(number) + " " + std::string(g.*word);
    }
    return out.empty() ? "nothing" : out;
}

}  // namespace

plan_action counted_as(const plan_entry& entry) {
    const bool in_conflict = needs_attention(entry) && entry.action != plan_action::error;
    return in_conflict ? plan_action::conflict : entry.action;
}

std::string totals(const std::vector<plan_entry>& entries) {
    return count(entries, &group::total);
}

std::string applied_totals(const std::vector<plan_entry>& entries) {
    return count(entries, &group::done);
}

std::string summarize(const std::vector<plan_entry>& entries, const painter& paint, std::size_t max_lines) {
    std::string out;
    std::size_t lines = 0;
    std::size_t more = 0;
    for (const group& g : groups) {
        for (const plan_entry& e : entries) {
            if (!is_listed(g, e)) continue;
            if (!g.whole && lines >= max_lines) {
                ++more;
                continue;
            }
            out += line_of(g, e, paint);
            ++lines;
        }
    }
    if (more > 0) out += "    and " + std::to_string(more) + " more (--json lists all)\n";
    return out + paint(colour::bold, totals(entries)) + "\n";
}

}  // namespace tenon::gen
