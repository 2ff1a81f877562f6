// The nearest evidence that says anything decides; where it says two things, nothing is decided.
#include "generator/rename/judge_name.hpp"

#include <algorithm>

namespace tenon::gen {
namespace {

/// Looks like an identifier of some kind and not like a word: "/v1/invoices", "invoice_id", "invoice:read", "a/b.hpp".
bool is_structured(std::string_view literal) {
    const bool spaced = literal.find_first_of(" \t\n") != std::string_view::npos;
    return !spaced && literal.find_first_of("/_:.-") != std::string_view::npos;
}

name_fate chosen(const token& one, const std::set<std::string>& outcomes) {
    std::string same(one.text);
    if (outcomes.size() == 1) return {*outcomes.begin()};
    const auto other = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& text) { return text != same; });
    return {std::move(same), *other};
}

bool is_member(const token& one) {
    return one.kind == token_kind::name && one.relation.ends_with('.');
}

/// A name that may be the user's own: what it would become otherwise is not done, but told.
name_fate doubted(const token& one, name_fate guess) {
    std::string same(one.text);
    if (!guess.other.empty() || guess.text == same) return guess;
    return {std::move(same), std::move(guess.text)};
}

/// What a column may become, of the tables that are in reach.
struct column_outcomes {
    std::set<std::string> names;
    bool is_open = false;  ///< It may also be something else.
};

}  // namespace

name_judge::name_judge(const product_names& names, const name_evidence& file, std::string_view subject,
                       const own_names& own)
    : names_(names), own_(own), near_({&file}) {
    if (const name_evidence* group = names.of_subject(subject)) near_.push_back(group);
    near_.push_back(&names.everywhere());
}

name_fate name_judge::of(const judged_text& text, token_place at, bool is_users) const {
    const token& one = text.at(at);
    const bool concerned = one.kind != token_kind::prose && one.kind != token_kind::other;
    if (!concerned || !names_.forms().touches(one.text)) return {std::string(one.text)};
    if (one.kind == token_kind::literal) {
        return is_users && !is_structured(one.text) ? name_fate{std::string(one.text)} : of_literal(one);
    }
    if (!is_users) return of_name(one);
    if (one.kind == token_kind::sql) return of_sql(text, at);
    if (one.relation.empty() && own_.variables.contains(one.text)) return {std::string(one.text)};
    return is_member(one) ? of_member(text, at) : of_name(one);
}

name_fate name_judge::of_name(const token& one) const {
    for (const name_evidence* where : near_) {
        for (const nearness how : {nearness::place, nearness::relation}) {
            const auto outcomes = where->outcomes(one, how);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
    }
    for (const name_evidence* where : near_) {
        const auto outcomes = where->outcomes(one, nearness::anywhere);
        if (!outcomes.empty()) return chosen(one, outcomes);
    }
    return by_words(one);
}

/// By the entity of its object. The type tells, if it was generated; else the object's own name, if that is an entity's
/// or was generated.
name_fate name_judge::of_member(const judged_text& text, token_place at) const {
    const token& one = text.at(at);
    const std::string_view object = std::string_view(one.relation).substr(0, one.relation.size() - 1);
    const token* type = text.type_of_object(at);
    const bool is_users_type =
        type != nullptr && (own_.types.names.contains(type->text) || !names_.is_generated(type->text));
    const name_evidence* about = type != nullptr && !is_users_type ? names_.of_name(type->text) : nullptr;
    const bool object_tells = about == nullptr && !is_users_type && names_.is_generated(object);
    if (object_tells) about = names_.of_name(object);
    if (about != nullptr) {
        for (const nearness how : {nearness::relation, nearness::anywhere}) {
            const auto outcomes = about->outcomes(one, how);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
        return {std::string(one.text)};
    }
    const bool is_own = own_.types.members.contains(one.text);
    if (is_own && type != nullptr) return {std::string(one.text)};
    return is_own || is_users_type ? doubted(one, of_some_member(one)) : of_some_member(one);
}

/// By what every such member became, whoever's it is.
name_fate name_judge::of_some_member(const token& one) const {
    if (one.relation != ".") {
        for (const name_evidence* where : near_) {
            const auto outcomes = where->outcomes(one, nearness::place);
            if (!outcomes.empty()) return chosen(one, outcomes);
        }
    }
    const auto outcomes = names_.everywhere().outcomes(one, nearness::relation);
    return outcomes.empty() ? of_name(one) : chosen(one, outcomes);
}

name_fate name_judge::of_sql(const judged_text& text, token_place at) const {
    const token& one = text.at(at);
    const sql_name what = text.sql_at(at);
    const std::string same(one.text);
    if (what.role == sql_role::column) return of_column(one, what);
    if (what.role == sql_role::other) return {same};
    if (what.role == sql_role::qualifier) {
        const auto is_alias = [&](const sql_source& source) { return source.alias == one.text; };
        for (const auto& scope : what.scopes) {
            if (std::any_of(scope.begin(), scope.end(), is_alias)) return {same};
        }
    }
    const renamed_table* table = names_.table(one.text);
    return table != nullptr ? name_fate{table->is} : of_name(one);
}

name_fate name_judge::of_column(const token& one, const sql_name& what) const {
    const std::string same(one.text);
    const auto add = [&](const sql_source& source, column_outcomes& out) {
        const renamed_table* table = names_.table(source.table);
        if (table != nullptr) {
            const auto column = table->columns.find(one.text);
            if (column != table->columns.end()) out.names.insert(column->second);
            if (column == table->columns.end() && table->is_built_in) out.names.insert(same);
        } else if (source.table.empty() || what.has_with) {
            out.is_open = true;
        } else if (names_.is_generated(source.table)) {
            out.names.merge(names_.everywhere().outcomes(one, nearness::relation));
        } else {
            out.names.insert(same);
        }
    };
    for (const auto& scope : what.scopes) {
        column_outcomes found;
        for (const sql_source& source : scope) {
            if (what.qualifier.empty() || source.is_called(what.qualifier)) add(source, found);
        }
        if (found.is_open || (found.names.size() == 1 && what.is_alias && what.qualifier.empty())) {
            return doubted(one, found.names.empty() ? of_name(one) : chosen(one, found.names));
        }
        if (!found.names.empty()) return chosen(one, found.names);
    }
    return doubted(one, of_name(one));
}

/// No line with the name is still generated: it was renamed if only the new name is left.
name_fate name_judge::by_words(const token& one) const {
    const std::string same(one.text);
    const auto was_there = [&](const name_evidence* where) { return where->had(one.text); };
    const auto is_there = [&](const std::string& name) {
        return std::any_of(near_.begin(), near_.end(), [&](const auto* where) { return where->has(name); });
    };
    if (std::none_of(near_.begin(), near_.end(), was_there) || is_there(same)) return {same};
    std::set<std::string> there = names_.forms().candidates(one.text);
    std::erase_if(there, [&](const std::string& name) { return !is_there(name); });
    if (there.empty()) return {same};
    return there.size() == 1 ? name_fate{*there.begin()} : name_fate{same, *there.begin()};
}

/// The whole literal, or its first parts: "/v1/invoices" of "/v1/invoices/archive".
name_fate name_judge::of_literal(const token& one) const {
    const std::string same(one.text);
    for (std::size_t end = same.size();;) {
        const bool whole = end == same.size();
        const std::string head = whole ? same : same.substr(0, end) + same.front();
        token part = one;
        part.text = head;
        const name_fate found = of_name(part);
        if (!found.other.empty()) return whole ? found : name_fate{same};
        if (found.text != head) {
            return {whole ? found.text : found.text.substr(0, found.text.size() - 1) + same.substr(end)};
        }
        const auto slash = same.rfind('/', end - 1);
        if (slash == std::string::npos || slash <= 1) return {same};
        end = slash;
    }
}

}  // namespace tenon::gen
