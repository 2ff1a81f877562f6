// What a migration does: the difference between two schemas.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "generator/migrate/pairing.hpp"
#include "generator/migrate/schema.hpp"

namespace tenon::gen {

struct renaming {
    std::string from;
    std::string to;
};

template <class Thing>
struct before_after {
    Thing before;
    Thing after;
};

/// A value of an enum that rows have to take instead of another.
struct value_change {
    std::string column;  ///< Its name afterwards.
    std::string from;
    std::string to;        ///< Empty: no row may have it.
    bool in_list = false;  ///< As an item of a list, which no rule watches over.
};

/// The tables whose deletion into their own bin takes rows of another one along.
struct takers {
    bool fewer = false;          ///< Some that did before cannot bring these rows back any more.
    bool cut_off = false;        ///< One of those still has a bin, but no cascade leads from there any more.
    std::vector<renaming> left;  ///< Those that did before and still can bring them back.
};

/// The changes of one table that stays. What "added" and "dropped" name is in the names of its own side.
struct table_change {
    schema_table before;
    schema_table after;
    std::vector<before_after<schema_column>> columns;  ///< All that stay, changed or not, in the order of `after`.
    std::vector<schema_column> added_columns;
    std::vector<schema_column> dropped_columns;
    std::vector<schema_foreign_key> added_keys;
    std::vector<schema_foreign_key> dropped_keys;
    std::vector<schema_check> added_checks;  ///< A rule that changes is dropped and added.
    std::vector<schema_check> dropped_checks;
    std::vector<schema_index> added_indexes;
    std::vector<schema_index> dropped_indexes;
    std::vector<schema_policy> added_policies;
    std::vector<schema_policy> dropped_policies;
    std::vector<renaming> renamed_constraints;
    std::vector<renaming> renamed_indexes;
    std::vector<value_change> values;
    takers along;       ///< Where rows go along into the bin before and after; else nothing.
    takers along_back;  ///< The same on the way back.

    bool empty() const;
    bool renamed() const { return before.name != after.name; }
};

struct schema_changes {
    bool first = false;                 ///< There was nothing before.
    std::string tenant_table;           ///< The table of the tenants, as it is called afterwards.
    std::string former_tenant_table;    ///< As it is called before.
    std::vector<schema_table> created;  ///< In an order in which each comes behind those it refers to.
    std::vector<schema_table> dropped;  ///< The same.
    std::vector<table_change> changed;
    /// Tables that stay as they are and have keys to tables that do not.
    std::vector<before_after<schema_table>> bystanders;

    bool empty() const { return created.empty() && dropped.empty() && changed.empty(); }
    /// What takes these changes back.
    schema_changes reversed() const;
};

/// What leads from `before` to `after`.
schema_changes compare_schemas(const schema& before, const schema& after, const schema_pairing& pairs);

/// True when the program holds the column to a form from now on to which nothing held it before.
bool wants_form(const schema_table& before, const schema_column& was, const schema_column& now);
/// The most characters that a value of the column has as text; 0: there is no saying, or its rule says it.
std::int64_t longest_text(const schema_table& table, const schema_column& column);
bool same_type(const schema_column& a, const schema_column& b);
/// True when every value that passes `a` passes `b`.
bool widens(const schema_check& a, const schema_check& b);
/// True when rows that are there cannot break an added unique index: one of its columns is new and empty in all of
/// them, or there was a stricter one over the same columns.
bool holds_for_existing(const table_change& change, const schema_index& added);
/// True when one of `others` is unique over the same columns; `stricter`: deleted rows included.
bool replaces(const schema_index& one, const std::vector<schema_index>& others, bool stricter);
/// The rule of `checks` on a column, or nothing.
const schema_check* check_on(const std::vector<schema_check>& checks, const std::string& column);
/// The table of the tenants.
std::string tenant_table_of(const schema& all);

}  // namespace tenon::gen
