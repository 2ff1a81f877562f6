// Migrations of sample specs, for the tests of both databases.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "generator/migrate/migrate.hpp"
#include "generator/migrate/schema_json.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen::sample {

/// What a project is left with after each `generate`.
struct project {
    migration_state state;
    migration_files last;

    /// The files of the next migration; empty after a refusal, which is kept.
    bool generate(const spec& source) {
        auto made = migrate(resolve(source), state);
        refused = made ? diagnostics() : made.error();
        if (!made) return false;
        last = std::move(*made);
        auto kept = schema_from_json(last.files.files.at(schema_path).content);
        if (!kept) return ADD_FAILURE() << kept.error().message, false;
        state.leads_to = std::move(*kept);
        if (!last.name.empty()) state.names.push_back(last.name);
        return true;
    }
    std::string sql(const std::string& database, const std::string& direction) const {
        const auto at = last.files.files.find("migrations/" + database + "/" + last.name + "." + direction + ".sql");
        return at == last.files.files.end() ? std::string() : at->second.content;
    }

    diagnostics refused;
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
