// Finds the lines of the spec that stand behind an impact.
#include "generator/impact/spec_places.hpp"

#include <algorithm>

#include "generator/impact/access_record.hpp"
#include "generator/resolve/declared_rules.hpp"

namespace tenon::gen {

spec_places::spec_places(const spec& checked, const model& product, std::string_view text)
    : product_(product), index_(text) {
    for (const role_spec& role : checked.roles) roles_[role.role_name.value] = line_of(role.role_name.at);
    const members_spec& members = checked.members;
    if (members.at.length > 0) {
        permissions_[std::string(newcomers_label)] = line_of(members.newcomer.at);
        const bool named = members.founder.at.length > 0;
        permissions_[std::string(founder_label)] = line_of(named ? members.founder.at : members.at);
        know_declared(members);
    }
    std::size_t at = 0;
    for (const entity_spec& entity : checked.entities) {
        if (entity.extends != extended_entity::none || at == product.entities.size()) continue;
        know_entity(entity, product.entities[at++]);
    }
}

void spec_places::know_declared(const members_spec& members) {
    for (const feature::declaration& each : product_.features) {
        for (const feature::permission& one : each.permissions) {
            const access_rule* const rule = rule_of(members, one.whose);
            if (rule != nullptr) know_rule(product_.declared_permissions.at(std::string(one.name)), *rule, members.at);
        }
    }
}

void spec_places::know_entity(const entity_spec& source, const entity_model& entity) {
    know_rule(entity.read, source.access.read, source.at);
    know_rule(entity.create, source.access.create, source.at);
    know_rule(entity.update, source.access.update, source.at);
    know_rule(entity.remove, source.access.remove, source.at);
    if (entity.purge) know_rule(*entity.purge, source.purge, source.at);
    retention_[entity.name.snake] = line_of(source.keep ? source.keep_at : source.at);
    routes_[entity.route] = &entity;
    route_lines_[entity.route] = line_of(source.path ? source.path->at : source.at);
    const std::string& name = entity.schema;
    for (const std::string& made : {name, "New" + name, name + "Changes", name + "List"}) {
        schemas_.emplace(made, &entity);
    }
    for (const field_model& field : entity.fields) {
        if (field.target || field.to_user) references_[entity.name.snake + "." + field.name.snake] = line_of(field.at);
        if (!field.schema.empty() && field.schema != "Money") values_.emplace(field.schema, &field);
    }
}

void spec_places::know_rule(std::size_t permission, const std::optional<access_rule>& rule, source_range otherwise) {
    permissions_[product_.permissions[permission].label] = line_of(rule && rule->at.length > 0 ? rule->at : otherwise);
}

std::size_t spec_places::role(const std::string& name) const {
    const auto found = roles_.find(name);
    return found == roles_.end() ? 0 : found->second;
}

std::size_t spec_places::permission(const std::string& label) const {
    const auto found = permissions_.find(label);
    return found == permissions_.end() ? 0 : found->second;
}

std::size_t spec_places::retention(const std::string& entity) const {
    const auto found = retention_.find(entity);
    return found == retention_.end() ? 0 : found->second;
}

std::size_t spec_places::reference(const std::string& of) const {
    const auto found = references_.find(of);
    return found == references_.end() ? 0 : found->second;
}

std::size_t spec_places::route(const std::string& path) const {
    const auto found = route_lines_.find(path);
    return found == route_lines_.end() ? 0 : found->second;
}

const entity_model* spec_places::entity_at(const std::string& where) const {
    if (const auto schema = schemas_.find(where); schema != schemas_.end()) return schema->second;
    const auto slash = where.find('/');
    if (slash == std::string::npos) return nullptr;
    for (std::size_t end = where.size(); end != std::string::npos && end > slash; end = where.rfind('/', end - 1)) {
        const auto route = routes_.find(where.substr(slash, end - slash));
        if (route != routes_.end()) return route->second;
        if (end == 0) break;
    }
    return nullptr;
}

const field_model* spec_places::field_at(const std::string& where, const std::string& member) const {
    if (const auto values = values_.find(where); values != values_.end()) return values->second;
    const entity_model* entity = entity_at(where);
    if (entity == nullptr) return nullptr;
    const std::string name = member.substr(0, member.find_first_of(".["));
    const auto was = [&](const field_model& one) {
        return one.was && (one.was->snake == name || one.was->snake + "_id" == name);
    };
    const auto& fields = entity->fields;
    auto found = std::find_if(fields.begin(), fields.end(), [&](const field_model& one) { return one.member == name; });
    if (found == fields.end()) found = std::find_if(fields.begin(), fields.end(), was);
    return found == fields.end() ? nullptr : &*found;
}

std::size_t spec_places::api(const std::string& where, const std::string& member) const {
    if (const field_model* field = field_at(where, member)) return line_of(field->at);
    const entity_model* entity = entity_at(where);
    return entity == nullptr ? 0 : line_of(entity->at);
}

std::string spec_places::new_name(const std::string& where, const std::string& member) const {
    const field_model* field = field_at(where, member);
    return field == nullptr || field->member == member || values_.contains(where) ? std::string() : field->member;
}

}  // namespace tenon::gen
