// The readers of a spec's parts. Each fills what it can and reports the rest; references are checked afterwards.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/read/reading.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

contact_spec read_contact(reading& in, const yaml_node& node);
license_spec read_license(reading& in, const yaml_node& node);
std::vector<server_spec> read_servers(reading& in, const yaml_node& node);
service_spec read_service(reading& in, const yaml_node& node);
tenant_spec read_tenant(reading& in, const yaml_node& node);
auth_spec read_auth(reading& in, const yaml_node& node);
std::vector<role_spec> read_roles(reading& in, const yaml_node& node);
/// Those of standard_roles.hpp.
std::vector<role_spec> default_roles();
/// `node` is null when the spec has no `members:`, which only the standard roles may do without.
members_spec read_members(reading& in, const yaml_node* node, const std::vector<role_spec>& roles, bool standard);
/// Rules of `access:`, of an entity or of the whole spec; `where` ends the sentence "'access' …".
access_spec read_access(reading& in, const yaml_node& node, const std::string& where);
/// Gives entities what they leave out, and reports what nobody says.
void complete_access(reading& in, spec& all);

/// `tenant_entity` is the name by which a spec adds fields to the tenant ("Workspace").
std::vector<entity_spec> read_entities(reading& in, const yaml_node& node, const std::string& tenant_entity);
std::optional<field_spec> read_field(reading& in, const std::string& entity, const name& field, const yaml_node& node);
access_rule read_access_rule(reading& in, const yaml_node& node, const std::string& what);
workflow_spec read_workflow(reading& in, const yaml_node& node, const std::string& where);

/// `input:` and `output:` of actions and agents.
std::vector<parameter> read_parameters(reading& in, const yaml_node& node, const std::string& what);

/// The keys that features declare; `keys` are those of the whole spec.
void read_features(reading& in, map_reader& keys, spec& out);

// Each of these reads one key of the spec into `out`.
void read_limits(reading& in, const yaml_node& node, product_spec& out);
void read_plans(reading& in, const yaml_node& node, product_spec& out);
void read_addons(reading& in, const yaml_node& node, product_spec& out);
void read_meters(reading& in, const yaml_node& node, product_spec& out);
void read_billing(reading& in, const yaml_node& node, product_spec& out);
void read_actions(reading& in, const yaml_node& node, product_spec& out);
void read_agents(reading& in, const yaml_node& node, product_spec& out);
void read_channels(reading& in, const yaml_node& node, product_spec& out);
void read_jobs(reading& in, const yaml_node& node, product_spec& out);
void read_webhooks(reading& in, const yaml_node& node, product_spec& out);
void read_integrations(reading& in, const yaml_node& node, product_spec& out);
void read_deploy(reading& in, const yaml_node& node, product_spec& out);

/// Calls `read_one(name, node)` for each entry of a map of named things, having checked the names.
template <class ReadOne>
void read_named(reading& in, const yaml_node& node, std::string_view what, std::string_view plural_what,
                ReadOne read_one) {
    if (!expect_shape(in, node, node_shape::map, plural_what)) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        check_name(in, node.keys[i], name_style::snake, what);
        read_one(node.keys[i], node.items[i]);
    }
}

}  // namespace tenon::gen
