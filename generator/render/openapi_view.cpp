// What openapi.yaml says of entities, and sentences about who may do what.
#include "generator/render/openapi_view.hpp"

#include <algorithm>
#include <string>

#include "generator/render/openapi_lists.hpp"
#include "generator/render/openapi_schema.hpp"

namespace tenon::gen {

namespace {

using lines = yaml_lines;

std::string who_may(const model& product, std::size_t permission) {
    lines allowed, own;
    const auto& decisions = product.permissions[permission].by_role;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i] == decision::allowed) allowed.push_back("`" + product.roles[i].name + "`");
        if (decisions[i] == decision::own) own.push_back("`" + product.roles[i].name + "`");
    }
    if (allowed.empty() && own.empty()) return "No role may do this.";
    if (own.empty()) return "For the roles " + sentence_of(allowed) + ".";
    if (allowed.empty()) return "For the roles " + sentence_of(own) + ", on what they created themselves.";
    return "For the roles " + sentence_of(allowed) + "; for " + sentence_of(own) + " on what they created themselves.";
}

/// Entities are grouped under their plural, unless something built in is.
std::string tag_of(const model& product, const names& name) {
    const bool taken = name.plural_title == "Operations" || name.plural_title == "Accounts" ||
                       name.plural_title == product.tenant.name.plural_title;
    return taken ? name.title + " records" : name.plural_title;
}

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
    out.set("tag_json", json_text(tag_of(product, entity.name)));
    out.set("has_fields", !entity.fields.empty());
    out.set("who_read", who_may(product, entity.read)).set("who_create", who_may(product, entity.create));
    out.set("who_update", who_may(product, entity.update)).set("who_delete", who_may(product, entity.remove));
    out.set("who_purge", entity.purge ? who_may(product, *entity.purge) : "");
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
    set_list_parameters(out, entity);
}

void set_openapi(view& out, const model& product) {
    const std::string standard = "The HTTP API of " + product.service.title + ".";
    const std::string& description = product.service.description;
    out.set("title_json", json_text(product.service.title));
    out.set("description_json", json_text(description.empty() ? standard : description));
    set_info(out, product.service);
    const names& tenant = product.tenant.name;
    out.set("tenant_schema", product.tenant.schema).set("tenant_schema_key", yaml_key(product.tenant.schema));
    out.set("tenant_key", yaml_key(tenant.snake)).set("tenant_tag_json", json_text(tenant.plural_title));
    out.set("tenant_tag_description_json", json_text("Each " + tenant.lower_title + ", its members and their roles."));
    out.set("tenant_membership_json",
            json_text("What the user is in " + tenant.article + " " + tenant.lower_title + "."));
    out.set("who_tenant_read", who_may(product, product.tenant_read));
    out.set("who_tenant_update", who_may(product, product.tenant_update));
    out.set("who_member_read", who_may(product, product.member_read));
    out.set("who_member_manage", who_may(product, product.member_manage));
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
