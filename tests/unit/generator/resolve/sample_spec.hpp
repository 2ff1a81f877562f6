// Specs as values, for tests of what comes after reading.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "generator/read/spec.hpp"

namespace tenon::gen::sample {

inline name word(std::string text) {
    return {std::move(text), {}};
}

inline std::vector<name> words(std::initializer_list<const char*> all) {
    std::vector<name> out;
    for (const char* one : all) out.push_back(word(one));
    return out;
}

inline field_type type(type_kind kind) {
    field_type out;
    out.kind = kind;
    return out;
}

inline field_type string_type(std::int64_t min, std::int64_t max) {
    field_type out;
    out.min = bound{min, 0, "", {}};
    out.max = bound{max, 0, "", {}};
    return out;
}

inline field_type enum_type(std::initializer_list<const char*> values) {
    field_type out = type(type_kind::enumeration);
    out.values = words(values);
    return out;
}

inline field_type ref_type(const char* target) {
    field_type out = type(type_kind::reference);
    out.target = word(target);
    return out;
}

inline field_type decimal_type(int precision, int scale) {
    field_type out = type(type_kind::decimal);
    out.precision = precision;
    out.scale = scale;
    return out;
}

inline field_type optional(field_type one) {
    one.optional = true;
    return one;
}

inline field_type list_of(field_type one) {
    one.array = true;
    return one;
}

inline field_spec field(const char* called, field_type of_type) {
    field_spec out;
    out.field_name = word(called);
    out.type = std::move(of_type);
    return out;
}

inline field_spec with_default(field_spec one, default_kind kind, std::int64_t integer, std::string text = {},
                               double number = 0) {
    one.initial = default_value{kind, integer, number, std::move(text), {}};
    return one;
}

inline role_spec role(const char* called, std::initializer_list<const char*> inherits = {}) {
    role_spec out;
    out.role_name = word(called);
    out.inherits = words(inherits);
    return out;
}

inline access_rule rule(std::initializer_list<const char*> roles, bool creator = false) {
    access_rule out;
    out.roles = words(roles);
    out.creator = creator;
    return out;
}

inline entity_spec entity(const char* called, std::vector<field_spec> fields) {
    entity_spec out;
    out.entity_name = word(called);
    out.fields = std::move(fields);
    out.access = {rule({"member"}), rule({"member"}), rule({"member"}), rule({"admin"})};
    return out;
}

inline spec empty_spec() {
    spec out;
    out.service.service_name = word("starter");
    out.service.title = "Starter";
    out.service.version = "0.1.0";
    out.tenant.singular = word("workspace");
    out.tenant.plural = word("workspaces");
    out.roles = {role("owner", {"admin"}), role("admin", {"member"}), role("member")};
    out.members = {rule({"admin"}), rule({"admin"}), word("member"), word("owner"), {}};
    return out;
}

/// Projects with tasks: every type of field, references both ways, soft deletion, uniques and lists.
inline spec projects_and_tasks() {
    spec out = empty_spec();
    field_spec code = field("code", string_type(2, 12));
    code.unique = true;
    code.pattern = word("[A-Z][A-Z0-9-]+");
    field_type tasks = type(type_kind::has_many);
    tasks.target = word("Task");
    entity_spec project =
        entity("Project", {field("name", string_type(1, 120)), code, field("tasks", tasks),
                           field("owner", ref_type("User")), field("lead_task", optional(ref_type("Task")))});
    project.fields.back().on_delete = on_delete_rule::set_null;
    project.soft_delete = true;
    project.list.search = words({"name"});
    project.list.sort = words({"name"});

    field_spec parent = field("project", ref_type("Project"));
    parent.on_delete = on_delete_rule::cascade;
    entity_spec task = entity(
        "Task", {field("title", string_type(1, 200)), field("notes", optional(type(type_kind::text))), parent,
                 field("blocked_by", optional(ref_type("Task"))),
                 with_default(field("status", enum_type({"open", "done"})), default_kind::string, 0, "open"),
                 with_default(field("ratio", decimal_type(14, 2)), default_kind::integer, 350),
                 field("budget", optional(type(type_kind::money))), field("tags", list_of(string_type(1, 20))),
                 with_default(field("starts", type(type_kind::datetime)), default_kind::now, 0),
                 field("due", optional(type(type_kind::date))), field("weight", type(type_kind::floating)),
                 with_default(field("points", type(type_kind::integer)), default_kind::integer, 1),
                 with_default(field("urgent", type(type_kind::boolean)), default_kind::boolean, 0),
                 field("link", optional(type(type_kind::url))), field("contact", optional(type(type_kind::email))),
                 field("external", optional(type(type_kind::uuid))),
                 with_default(field("extra", type(type_kind::json)), default_kind::json, 0, "{}")});
    task.indexes.push_back({words({"status", "due"}), {}});
    task.uniques.push_back({words({"project", "title"}), {}});
    task.access.update = rule({"admin"}, true);
    task.list.filter = words({"status"});
    task.list.sort = words({"due", "created_at"});
    out.entities = {project, task};
    return out;
}

}  // namespace tenon::gen::sample
