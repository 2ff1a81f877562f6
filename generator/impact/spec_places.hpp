// Where the spec says something: the line of an entity, a field, an access rule or a role.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "generator/read/spec.hpp"
#include "generator/resolve/model.hpp"
#include "generator/support/source.hpp"

namespace tenon::gen {

/// Lines count from 1; 0: the spec says nothing about it. All arguments must outlive it.
class spec_places {
  public:
    spec_places(const spec& checked, const model& product, std::string_view text);

    std::size_t line_of(source_range at) const { return index_.place(at.offset).line; }
    std::size_t role(const std::string& name) const;
    /// The access rule behind a permission such as "task:update"; the entity when the rule is the default one.
    std::size_t permission(const std::string& label) const;
    /// How long the bin of an entity such as "task" keeps records; the entity when that is not said.
    std::size_t retention(const std::string& entity) const;
    /// The field of a ref such as "task.project".
    std::size_t reference(const std::string& of) const;
    /// The `path:` behind a route such as "/v1/library/tasks"; the entity when it has none.
    std::size_t route(const std::string& path) const;
    /// By a schema of openapi.yaml ("Task", "NewTask") or a path ("/v1/tasks/{id}"), and a member that may be empty.
    std::size_t api(const std::string& where, const std::string& member) const;
    /// What a member that is gone is called now; empty when it was not renamed.
    std::string new_name(const std::string& where, const std::string& member) const;

  private:
    void know_declared(const members_spec& members);
    void know_entity(const entity_spec& source, const entity_model& entity);
    void know_rule(std::size_t permission, const std::optional<access_rule>& rule, source_range otherwise);
    const entity_model* entity_at(const std::string& where) const;
    const field_model* field_at(const std::string& where, const std::string& member) const;

    const model& product_;
    line_index index_;
    std::map<std::string, std::size_t> roles_, permissions_, retention_, references_, route_lines_;
    std::map<std::string, const entity_model*> schemas_, routes_;
    std::map<std::string, const field_model*> values_;  ///< By the schema that names a field's values.
};

}  // namespace tenon::gen
