// What openapi.yaml says of entities, and sentences about who may do what.
#include "generator/render/openapi_view.hpp"

#include <algorithm>
#include <string>

#include "generator/render/openapi_schema.hpp"

namespace tenon::gen {

namespace {

using lines = yaml_lines;

/// Lines below `contact:`, `license:` and `servers:`.
void set_info(view& out, const service_model& service) {
    lines contact{"name: " + json_text(service.contact.name.empty() ? service.title : service.contact.name)};
    if (!service.contact.url.empty()) contact.push_back("url: " + json_text(service.contact.url));
    if (!service.contact.email.empty()) contact.push_back("email: " + json_text(service.contact.email));
    lines license{"name: Proprietary", "identifier: LicenseRef-Proprietary"};
    if (!service.license.name.empty()) license = {"name: " + json_text(service.license.name)};
    if (!service.license.identifier.empty()) license.push_back("identifier: " + json_text(service.license.identifier));
    if (!service.license.url.empty()) license.push_back("url: " + json_text(service.license.url));
    lines servers;
    for (const server_spec& one : service.servers) {
        servers.push_back("- url: " + json_text(one.url));
        if (!one.description.empty()) servers.push_back("  description: " + json_text(one.description));
    }
    if (servers.empty()) servers = {"- url: /", "  description: Where this document was served from."};
    out.set("contact_lines", views(contact)).set("license_lines", views(license)).set("server_lines", views(servers));
}

}  // namespace

void set_openapi(view& out, const model& product, const field_model& field) {
    out.set("yaml_member", yaml_key(field.member));
    out.set("example_json", field.example_json);
    out.set("other_example_json", field.other_example_json.empty() ? field.example_json : field.other_example_json);
    out.set("schema_lines", views(schema_lines(product, field)));
    out.set("new_schema_lines", views(new_schema_lines(product, field)));
}

void set_openapi(view& out, const model& product, const entity_model& entity) {
    const std::string standard = "What " + product.tenant.name.article + " " + product.tenant.name.lower_title +
                                 " keeps of its " + entity.name.lower_title + " records.";
    out.set("description_json", json_text(entity.description.empty() ? standard : entity.description));
    out.set("schema", entity.schema).set("schema_key", yaml_key(entity.schema));
    out.set("has_fields", !entity.fields.empty());
    lines required;
    view::list named;
    for (const field_model& field : entity.fields) {
        if (field.required_on_create) required.push_back(yaml_key(field.member));
        if (field.schema.empty() || field.schema == "Money") continue;
        view one;
        one.set("name", yaml_key(field.schema)).set("lines", views(named_schema_lines(entity, field)));
        set_place(one, field.at);
        named.push_back(std::move(one));
    }
    out.set("required_members", views(required)).set("has_required_members", !required.empty());
    out.set("named_schemas", std::move(named));
}

void set_openapi(view& out, const model& product) {
    const std::string standard = "The HTTP API of " + product.service.title + ".";
    const std::string& description = product.service.description;
    out.set("title_json", json_text(product.service.title));
    out.set("description_json", json_text(description.empty() ? standard : description));
    set_info(out, product.service);
    const names& tenant = product.tenant.name;
    out.set("tenant_schema", product.tenant.schema).set("tenant_schema_key", yaml_key(product.tenant.schema));
    out.set("tenant_table_key", yaml_key(product.tenant.table));
    out.set("tenant_key", yaml_key(tenant.snake));
    out.set("tenant_membership_json",
            json_text("What the user is in " + tenant.article + " " + tenant.lower_title + "."));
    const auto is_plain_money = [](const field_model& field) { return field.schema == "Money"; };
    out.set("uses_money", std::any_of(product.entities.begin(), product.entities.end(), [&](const entity_model& one) {
                return std::any_of(one.fields.begin(), one.fields.end(), is_plain_money);
            }));
    lines roles;
    for (const role_model& role : product.roles) roles.push_back(role.name);
    out.set("role_enum_line", enum_line(roles, false));
    out.set("owner_role_name", product.roles[product.owner_role].name);
    out.set("default_role_name", product.roles[product.default_role].name);
    out.set("owner_role_key", yaml_key(product.roles[product.owner_role].name));
    out.set("default_role_key", yaml_key(product.roles[product.default_role].name));
}

}  // namespace tenon::gen
