// Checks over the whole spec, once every part has been read: whether names clash and references lead somewhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/read/reading.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

/// Clashes between names, with what every service has, and lengths of what is derived from them.
void check_names(reading& in, const spec& all);
/// Routes of entities: none of a feature's; those that entities name themselves, none below another.
void check_routes(reading& in, const spec& all);
/// Inherited roles, and the roles of access rules.
void check_roles(reading& in, const spec& all);
/// Warns of bins that nothing gets into.
void check_bins(reading& in, const spec& all);
/// Rights that can never be used, and rules that never act.
void warn_of_idle(reading& in, const spec& all);
/// Targets of refs and has-manys, and circles of required refs.
void check_relations(reading& in, const spec& all);
/// Fields of lists and indexes: that they are there and can be used so.
void check_fields_used(reading& in, const spec& all);
/// Workflows: that every state is real and can be reached.
void check_workflows(reading& in, const spec& all);
/// References between plans, actions, agents, channels and jobs.
void check_product(reading& in, const spec& all);

std::vector<std::string> entity_names(const spec& all);
std::vector<std::string> role_names(const spec& all);
const entity_spec* find_entity(const reading& in, std::string_view entity);
const field_spec* find_field(const entity_spec& entity, std::string_view field);
/// Reports roles that are not there.
void check_role_list(reading& in, const spec& all, const std::vector<name>& roles);
/// Columns that every table has beside its fields.
std::vector<std::string> generated_columns(const spec& all);
/// Whether the table is one of a feature's, or kept for one; the tenants' own word apart.
bool is_reserved_table(const reading& in, std::string_view name);
/// The table of an entity: its `plural:`, or the plural of its name.
std::string table_of(const entity_spec& entity);
/// "/v1/library/assets": its `path:`, or the table.
std::string route_of(const entity_spec& entity);

}  // namespace tenon::gen
