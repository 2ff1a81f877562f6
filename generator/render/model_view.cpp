// The product and its entities as templates see them.
#include "generator/render/model_view.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "generator/render/docs_view.hpp"
#include "generator/render/field_view.hpp"
#include "generator/render/openapi_view.hpp"
#include "generator/render/records_view.hpp"
#include "generator/render/routes_view.hpp"
#include "generator/render/sql_view.hpp"
#include "generator/render/test_view.hpp"
#include "generator/support/literal.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

void set_names(view& out, const names& name) {
    out.set("snake", name.snake).set("pascal", name.pascal).set("kebab", name.kebab).set("title", name.title);
    out.set("plural_snake", name.plural_snake).set("plural_pascal", name.plural_pascal);
    out.set("plural_kebab", name.plural_kebab).set("plural_title", name.plural_title);
    out.set("lower_title", name.lower_title).set("plural_lower_title", lower_first(name.plural_title));
    out.set("article", name.article);
}

view names_view(const names& name) {
    view out;
    set_names(out, name);
    return out;
}

view::list lines_of(const std::string& text) {
    view::list lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.emplace_back(comment_text(text.substr(at, end - at)));
        at = end + 1;
    }
    return lines;
}

view service_view(const service_model& service) {
    view out;
    out.set("name", names_view(service.name)).set("space", service.space);
    out.set("title", comment_text(service.title)).set("title_literal", cpp_literal(service.title));
    out.set("description_lines", lines_of(service.description)).set("version", service.version);
    return out;
}

view tenant_view(const tenant_model& tenant) {
    view out;
    out.set("name", names_view(tenant.name)).set("lower_title", tenant.name.lower_title);
    out.set("article", tenant.name.article).set("table", tenant.table).set("column", tenant.column);
    out.set("route", tenant.route);
    return out;
}

std::string_view word_of(decision d) {
    return d == decision::allowed ? "yes" : d == decision::own ? "own" : "no";
}

view role_view(const model& product, std::size_t index) {
    const role_model& role = product.roles[index];
    view out;
    out.set("name", role.name).set("enumerator", role.enumerator).set("comment", comment_text(role.description));
    view::list decisions;
    for (const permission_model& permission : product.permissions) {
        view one;
        one.set("word", std::string(word_of(permission.by_role[index]))).set("label", permission.label);
        decisions.push_back(std::move(one));
    }
    out.set("decisions", std::move(decisions));
    set_place(out, role.at);
    return out;
}

view permission_view(const permission_model& permission) {
    view out;
    out.set("enumerator", permission.enumerator).set("label", permission.label);
    out.set("comment", comment_text(permission.description));
    set_docs(out, permission);
    set_place(out, permission.at);
    return out;
}

/// Those that operations of the runtime ask for, as `access::policy` calls them.
view::list asked_permissions(const model& product) {
    view::list out;
    for (const feature::declaration& feature : product.features) {
        for (const feature::permission& each : feature.permissions) {
            if (each.asked_as.empty()) continue;
            const std::size_t permission = product.declared_permissions.at(std::string(each.name));
            view one;
            one.set("asked_as", std::string(each.asked_as));
            one.set("enumerator", product.permissions[permission].enumerator);
            out.push_back(std::move(one));
        }
    }
    return out;
}

void set_access(view& out, const model& product) {
    view::list roles, permissions;
    std::vector<std::string> role_names, included;
    for (std::size_t i = 0; i < product.roles.size(); ++i) {
        roles.push_back(role_view(product, i));
        role_names.push_back(cpp_literal(product.roles[i].name));
        std::uint64_t bits = 0;
        for (const std::size_t other : product.roles[i].includes) bits |= std::uint64_t{1} << other;
        included.push_back(std::to_string(bits));
    }
    for (const permission_model& permission : product.permissions) permissions.push_back(permission_view(permission));
    out.set("roles", std::move(roles)).set("permissions", std::move(permissions));
    out.set("role_names_initializer", braced(role_names)).set("included_initializer", braced(included));
    out.set("owner_role", product.roles[product.owner_role].enumerator);
    out.set("default_role", product.roles[product.default_role].enumerator);
    out.set("asked_permissions", asked_permissions(product));
}

void set_enums(view& out, const entity_model& entity) {
    view::list enums;
    for (const field_model& field : entity.fields) {
        if (field.enum_type.empty()) continue;
        view one;
        view::list values;
        std::vector<std::string> literals;
        for (const enum_value_model& value : field.values) {
            view item;
            item.set("enumerator", value.enumerator).set("name", value.name);
            values.push_back(std::move(item));
            literals.push_back(cpp_literal(value.name));
        }
        one.set("enum_type", field.enum_type).set("values", std::move(values));
        one.set("values_initializer", braced(literals));
        enums.push_back(std::move(one));
    }
    out.set("has_enums", !enums.empty()).set("enums", std::move(enums));
}

/// The lists of fields that templates walk, each in the spec's order.
void set_fields(view& out, const model& product, const entity_model& entity) {
    view::list fields, changeable, checked, checked_changeable, references, changeable_references;
    std::size_t column = 1;  // behind the id
    for (const field_model& field : entity.fields) {
        const view one = field_view(product, field, column);
        column += field.columns.size();
        const bool reference = field.to_user || field.target;
        fields.push_back(one);
        if (!field.immutable) changeable.push_back(one);
        if (!field.checks.empty()) checked.push_back(one);
        if (!field.checks.empty() && !field.immutable) checked_changeable.push_back(one);
        if (reference) references.push_back(one);
        if (reference && !field.immutable) changeable_references.push_back(one);
    }
    out.set("has_changeable_fields", !changeable.empty());
    out.set("fields", std::move(fields)).set("changeable_fields", std::move(changeable));
    out.set("has_checks", !checked.empty()).set("has_references", !references.empty());
    out.set("checked_fields", std::move(checked)).set("checked_changeable_fields", std::move(checked_changeable));
    out.set("reference_fields", std::move(references));
    out.set("changeable_reference_fields", std::move(changeable_references));
}

/// Which headers a model needs: exactly those.
void set_includes(view& out, const entity_model& entity) {
    std::string types;
    for (const field_model& field : entity.fields) types += field.cpp_member_type + " ";
    const auto uses = [&](std::string_view word) { return types.find(word) != types.npos; };
    out.set("has_optionals", entity.soft_delete || uses("std::optional")).set("has_vectors", uses("std::vector"));
    out.set("has_texts", uses("std::string"));
    std::set<std::string> core{"error", "time", "uuid"};
    for (const field_model& field : entity.fields) {
        const std::string_view header = row_of(field.type.kind).header;
        if (!header.empty()) core.emplace(header);
        if (!field.immutable) core.insert("patch");
    }
    out.set("core_headers", view::list(core.begin(), core.end()));
}

/// File names in the order in which includes are sorted: by the whole name, suffix and all.
view::list file_names(const std::set<std::string>& entities, const std::string& suffix) {
    std::set<std::string> names;
    for (const std::string& entity : entities) names.insert(entity + suffix);
    return {names.begin(), names.end()};
}

void set_targets(view& out, const model& product, const entity_model& entity) {
    std::set<std::string> names, classes;
    bool to_user = false;
    for (const field_model& field : entity.fields) {
        to_user = to_user || field.to_user;
        if (!field.target) continue;
        names.insert(product.entities[*field.target].name.snake);
        classes.insert(product.entities[*field.target].cpp_class);
    }
    names.erase(entity.name.snake);
    classes.erase(entity.cpp_class);
    out.set("has_targets", !names.empty()).set("targets", view::list(classes.begin(), classes.end()));
    view::list files = file_names(names, "_repository");
    const auto behind =
        std::find_if(files.begin(), files.end(), [](const view& one) { return *one.text() > "record_graph"; });
    files.insert(behind, "record_graph");
    out.set("target_files", std::move(files)).set("has_user_references", to_user);
    out.set("is_target", !entity.referenced_by.empty());
}

view::list description_of(const model& product, const entity_model& entity) {
    if (!entity.description.empty()) return lines_of(entity.description);
    std::string article = entity.name.article;
    article[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(article[0])));
    return lines_of(article + " " + entity.name.lower_title + " of " + product.tenant.name.article + " " +
                    product.tenant.name.lower_title + ".");
}

view::list files_of_entities(const model& product, const std::string& suffix) {
    std::set<std::string> names;
    for (const entity_model& entity : product.entities) names.insert(entity.name.snake);
    return file_names(names, suffix);
}

/// The enumerators, as the list of permissions has them: an entity's name may be that of something built in.
void set_permissions(view& out, const model& product, const entity_model& entity) {
    out.set("read_permission", product.permissions[entity.read].enumerator);
    out.set("create_permission", product.permissions[entity.create].enumerator);
    out.set("update_permission", product.permissions[entity.update].enumerator);
    out.set("delete_permission", product.permissions[entity.remove].enumerator);
}

}  // namespace

namespace {

view view_of_entity(const model& product, const entity_model& entity, bool can_be_made) {
    view out;
    set_names(out, entity.name);
    out.set("type", entity.cpp_class).set("space", entity.cpp_namespace);
    out.set("list_operation", entity.operations.list).set("create_operation", entity.operations.create);
    out.set("get_operation", entity.operations.get).set("update_operation", entity.operations.update);
    out.set("delete_operation", entity.operations.remove).set("restore_operation", entity.operations.restore);
    out.set("purge_operation", entity.operations.purge);
    out.set("description_lines", description_of(product, entity));
    out.set("table", entity.table).set("route", entity.route).set("soft_delete", entity.soft_delete);
    set_permissions(out, product, entity);
    set_enums(out, entity);
    set_fields(out, product, entity);
    set_includes(out, entity);
    set_targets(out, product, entity);
    set_sql(out, entity);
    set_records(out, product, entity);
    set_openapi(out, product, entity);
    set_tests(out, product, entity, can_be_made);
    set_place(out, entity.at);
    return out;
}

}  // namespace

view entity_view(const model& product, const entity_model& entity) {
    const auto number = static_cast<std::size_t>(&entity - product.entities.data());
    return view_of_entity(product, entity, makeable_entities(product)[number]);
}

result<view, template_error> product_view(const model& product, const component_fragments& fragments) {
    view out;
    out.set("service", service_view(product.service)).set("tenant", tenant_view(product.tenant));
    out.set("access_token_seconds", std::to_string(product.access_token_seconds));
    out.set("refresh_token_seconds", std::to_string(product.refresh_token_seconds));
    set_access(out, product);
    set_records(out, product);
    set_openapi(out, product);
    set_tests(out, product);
    set_docs(out, product);
    view::list entities;
    const std::vector<bool> makeable = makeable_entities(product);
    for (std::size_t i = 0; i < product.entities.size(); ++i)
        entities.push_back(view_of_entity(product, product.entities[i], makeable[i]));
    set_tags(entities, product, out);
    out.set("entities", std::move(entities));
    set_routes(out, product);
    out.set("handler_files", files_of_entities(product, "_handlers"));
    out.set("hook_files", files_of_entities(product, "_hooks"));
    TRY(set_components(out, product.features, fragments));
    return out;
}

}  // namespace tenon::gen
