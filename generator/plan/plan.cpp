// Names of actions and reasons, and what a plan amounts to.
#include "generator/plan/plan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "generator/plan/manifest.hpp"

namespace tenon::gen {
namespace {

template <class Enum, std::size_t Size>
using name_table = std::array<std::pair<Enum, std::string_view>, Size>;

constexpr name_table<plan_action, 11> action_names{{
    {plan_action::create, "create"},
    {plan_action::move, "move"},
    {plan_action::update, "update"},
    {plan_action::merge, "merge"},
    {plan_action::unchanged, "unchanged"},
    {plan_action::keep, "keep"},
    {plan_action::conflict, "conflict"},
    {plan_action::remove, "delete"},
    {plan_action::orphan, "orphan"},
    {plan_action::respect, "respect_deletion"},
    {plan_action::error, "error"},
}};

constexpr name_table<plan_reason, 27> reason_names{{
    {plan_reason::new_file, "new_file"},
    {plan_reason::restored, "restored"},
    {plan_reason::renamed, "renamed"},
    {plan_reason::generated_changed, "generated_changed"},
    {plan_reason::mode_changed, "mode_changed"},
    {plan_reason::same_content, "same_content"},
    {plan_reason::caught_up, "caught_up"},
    {plan_reason::both_merged, "both_merged"},
    {plan_reason::edited_by_user, "edited_by_user"},
    {plan_reason::vendored_edited, "vendored_edited"},
    {plan_reason::seeded_once, "seeded_once"},
    {plan_reason::frozen_once, "frozen_once"},
    {plan_reason::conflict_open, "conflict_open"},
    {plan_reason::conflict_closed, "conflict_closed"},
    {plan_reason::conflict_resolved, "conflict_resolved"},
    {plan_reason::both_changed, "both_changed"},
    {plan_reason::unowned, "unowned"},
    {plan_reason::mine_chosen, "mine_chosen"},
    {plan_reason::theirs_chosen, "theirs_chosen"},
    {plan_reason::no_longer_generated, "no_longer_generated"},
    {plan_reason::migration_replaced, "migration_replaced"},
    {plan_reason::deleted_by_user, "deleted_by_user"},
    {plan_reason::renamed_by_user, "renamed_by_user"},
    {plan_reason::frozen_edited, "frozen_edited"},
    {plan_reason::frozen_missing, "frozen_missing"},
    {plan_reason::frozen_rewritten, "frozen_rewritten"},
    {plan_reason::not_a_file, "not_a_file"},
}};

constexpr name_table<owner_class, 4> owner_names{{
    {owner_class::generated, "generated"},
    {owner_class::vendored, "vendored"},
    {owner_class::seeded, "seeded"},
    {owner_class::frozen, "frozen"},
}};

template <class Enum, std::size_t Size>
std::string_view name_in(const name_table<Enum, Size>& names, Enum value) {
    return std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == value; })->second;
}

template <class Enum, std::size_t Size>
std::optional<Enum> value_in(const name_table<Enum, Size>& names, std::string_view text) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.second == text; });
    return found == names.end() ? std::optional<Enum>{} : found->first;
}

}  // namespace

std::string_view to_string(plan_action action) {
    return name_in(action_names, action);
}
std::string_view to_string(plan_reason reason) {
    return name_in(reason_names, reason);
}
std::string_view to_string(owner_class owner) {
    return name_in(owner_names, owner);
}
std::optional<plan_action> parse_plan_action(std::string_view text) {
    return value_in(action_names, text);
}
std::optional<plan_reason> parse_plan_reason(std::string_view text) {
    return value_in(reason_names, text);
}
std::optional<owner_class> parse_owner_class(std::string_view text) {
    return value_in(owner_names, text);
}

bool is_pending(const plan_entry& entry) {
    if (entry.from || entry.new_base != entry.base) return true;
    if (entry.beside && entry.beside->before != entry.beside->after) return true;
    switch (entry.action) {
        case plan_action::create:
        case plan_action::move:
        case plan_action::update:
        case plan_action::merge:
        case plan_action::conflict:
        case plan_action::remove:
            return true;
        case plan_action::unchanged:
        case plan_action::keep:
        case plan_action::orphan:
        case plan_action::respect:
        case plan_action::error:
            return entry.reason == plan_reason::caught_up || entry.reason == plan_reason::conflict_resolved;
    }
    return false;
}

bool writes_file(const plan_entry& entry) {
    return entry.action == plan_action::create || entry.action == plan_action::move ||
           entry.action == plan_action::update || entry.action == plan_action::merge;
}

bool is_left_behind(const plan_entry& entry) {
    return entry.action == plan_action::orphan || entry.reason == plan_reason::renamed_by_user ||
           entry.reason == plan_reason::vendored_edited;
}

bool needs_attention(const plan_entry& entry) {
    return entry.action == plan_action::conflict || entry.action == plan_action::error ||
           entry.reason == plan_reason::both_changed || entry.reason == plan_reason::conflict_open;
}

bool has_pending(const plan& p) {
    return std::any_of(p.entries.begin(), p.entries.end(), is_pending);
}
bool has_attention(const plan& p) {
    return std::any_of(p.entries.begin(), p.entries.end(), needs_attention);
}

bool has_left_behind(const plan& p) {
    return std::any_of(p.entries.begin(), p.entries.end(), is_left_behind);
}

std::set<digest> staged_contents(const plan_entry& entry) {
    std::set<digest> wanted;
    if (writes_file(entry) && entry.before != entry.after) wanted.insert(entry.after);
    const bool new_base_is_new = entry.new_base != entry.base && entry.new_base != entry.before;
    if (new_base_is_new && keeps_base(entry.owner)) wanted.insert(entry.new_base);
    if (entry.beside) wanted.insert(entry.beside->after);
    wanted.erase(absent);
    return wanted;
}

}  // namespace tenon::gen
