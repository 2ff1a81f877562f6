// Migrations of sample specs, for the tests of both databases.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "generator/migrate/migrate.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen::sample {

/// A project's migrations, as they pile up with each `generate`.
struct project {
    migration_state state;
    migration_files last;
    diagnostics refused;

    /// The files of the next migrations; false after a refusal, which is kept.
    bool generate(const spec& source, const migrate_options& options = {},
                  const std::vector<std::string>& replace = {}) {
        return generate(resolve(source), options, replace);
    }
    bool generate(const model& product, const migrate_options& options = {},
                  const std::vector<std::string>& replace = {}) {
        const auto history = read_history(state, replace);
        if (!history) return ADD_FAILURE() << history.error().message, false;
        auto made = migrate(product, *history, options);
        refused = made ? diagnostics() : made.error();
        if (!made) return false;
        last = std::move(*made);
        for (const std::string& path : last.replaced) state.records.erase(path), state.sql.erase(path);
        for (const auto& [path, file] : last.files.files)
            (path.ends_with(".json") ? state.records : state.sql).emplace(path, file.content);
        return true;
    }
    /// The first of the new migrations; empty when nothing changed.
    std::string name() const { return last.names.empty() ? std::string() : last.names.front(); }
    std::string sql(const std::string& database, const std::string& direction) const {
        return last.names.empty() ? std::string() : sql_of(last.names.front(), database, direction);
    }
    /// What runs outside a transaction, behind the first; empty when there is nothing.
    std::string online() const {
        return last.names.size() < 2 ? std::string() : sql_of(last.names[1], "postgres", "up");
    }
    std::string sql_of(const std::string& migration, const std::string& database, const std::string& direction) const {
        return state.sql.at(sql_path(migration, database + "." + direction));
    }
};

/// The sample spec after everything that a second version may add.
inline spec projects_and_tasks_grown() {
    spec out = projects_and_tasks();
    entity_spec& project = out.entities[0];
    entity_spec& task = out.entities[1];
    project.fields[0].type.max->integer = 200;
    project.fields[1].initial = default_value{default_kind::string, 0, 0, "AB", {}};
    task.fields[4].type = enum_type({"open", "done", "it's blocked"});
    task.soft_delete = true;
    task.list.sort = words({"created_at"});
    task.fields.push_back(with_default(field("priority", type(type_kind::integer)), default_kind::integer, 3));
    task.fields.push_back(field("estimate", optional(decimal_type(6, 2))));
    task.fields.push_back(with_default(field("seen", type(type_kind::datetime)), default_kind::now, 0));
    task.fields.push_back(with_default(field("level", enum_type({"low", "high"})), default_kind::string, 0, "low"));
    task.fields.push_back(field("slug", optional(string_type(1, 30))));
    task.fields.back().unique = true;
    field_spec milestone = field("milestone", optional(ref_type("Milestone")));
    milestone.on_delete = on_delete_rule::set_null;
    task.fields.push_back(milestone);
    field_spec epic = field("epic", optional(ref_type("Project")));
    epic.on_delete = on_delete_rule::cascade;
    task.fields.push_back(epic);
    task.fields.push_back(field("reviewer", optional(ref_type("User"))));
    task.list.filter.push_back(word("priority"));
    task.indexes.push_back({words({"priority", "due"}), {}});
    field_spec due = field("due", type(type_kind::date));
    entity_spec milestone_entity =
        entity("Milestone", {field("name", string_type(1, 50)), due, field("project", ref_type("Project"))});
    out.entities.push_back(milestone_entity);
    return out;
}

/// Names that SQL has its own ideas about, and texts with every kind of quote.
inline spec words_of_sql() {
    spec out = empty_spec();
    out.tenant = {word("group"), word("groups"), {}};
    entity_spec order =
        entity("Order", {field("select", string_type(0, 9)), field("table", ref_type("Constraint")),
                         with_default(field("where", enum_type({"it's", "a \"b\"", "back\\slash", "\xC3\xBC"})),
                                      default_kind::string, 0, "it's"),
                         with_default(field("values", string_type(0, 90)), default_kind::string, 0,
                                      "'; DROP TABLE \"orders\"; -- $1 \\"),
                         with_default(field("json", type(type_kind::json)), default_kind::json, 0, "\"it's\""),
                         field("user", optional(ref_type("User")))});
    order.indexes.push_back({words({"select", "where"}), {}});
    out.entities = {order, entity("Constraint", {field("check", type(type_kind::boolean)),
                                                 field("primary", optional(ref_type("Order")))})};
    return out;
}

}  // namespace tenon::gen::sample
