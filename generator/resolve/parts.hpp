// The steps of `resolve`, in the order in which they run. Each fills its own members of the model.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generator/read/spec.hpp"
#include "generator/resolve/model.hpp"
#include "generator/resolve/naming_forms.hpp"

namespace tenon::gen {

/// roles, owner_role, default_role.
void resolve_roles(const spec& source, model& out);

/// permissions and what entities and tenant say of them. Requires: roles, names of tenant and entities.
///
/// A rule allows each role it names and every role that inherits one of those; `creator` gives every other role the
/// decision `own` (for `create`, where the caller is the creator, it allows them all). What the spec leaves
/// out is the founder's alone. The tenant and its members are read by every role, and changed by the founder's and as
/// `members:` says.
void resolve_permissions(const spec& source, model& out);

/// Names used by the entities' C++ types, so that types of enums keep clear of them, and where each entity stands.
struct type_names {
    unique_names domain;
    std::map<std::string, std::size_t> entities;  ///< By the spec's name.
};

/// The schemas of tenant, entities and fields' values, and the entities' operations. Requires: their names and fields.
void resolve_api_names(model& out);

/// Per entity, the members by which other entities' has-many look it up.
using inverse_members = std::vector<std::vector<std::string>>;

/// One field of `owner`: names, types, default, target; `resolve` adds rules, columns and examples.
field_model resolve_field(const field_spec& source, const entity_model& owner, type_names& types);

/// Checks of one field, in the order in which a request's value meets them.
std::vector<check_model> checks_of(const field_spec& source, const field_model& field);

/// Text of a unique rule has one form, so that no twin of it looks the same. Requires: the indexes of the entity.
void add_identity_checks(entity_model& entity);

/// The columns that keep one field.
std::vector<column_model> columns_of(const field_spec& source, const field_model& field,
                                     const std::vector<std::string>& taken);

/// `default_value` of a field as a C++ initialiser (" = 5") and as JSON; both empty when there is none to print.
std::string cpp_initialiser(const field_spec& source, const field_model& field);
std::string default_as_json(const field_spec& source, const field_model& field);

/// "2026-01-31T10:00:00.5Z" as services write it, with six decimals; nothing for what is no such time.
std::optional<std::string> with_micros(const std::string& text);

/// example_json, other_example_json and invalid_json. Requires everything else of the field.
void make_examples(const field_spec& source, field_model& field);

/// filters, sorts, search and indexes of one entity. Requires: its fields. `inverse` are the members that has-many need
/// to filter by.
void resolve_lists(const entity_spec& source, entity_model& entity, const std::vector<std::string>& inverse);

}  // namespace tenon::gen
