// Finds routes of entities that every service has, or that lie below each other.
#include <functional>
#include <set>

#include "generator/read/checks.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

/// "/v1/library/assets" lies below "/v1/library", where it would be the id of a record.
bool lies_below(std::string_view path, std::string_view other) {
    return path.starts_with(other) && (path.size() == other.size() || path[other.size()] == '/');
}

using path_roots = std::set<std::string, std::less<>>;

void check_route(reading& in, const spec& all, const entity_spec& entity, const path_roots& built_in) {
    const std::string& path = entity.path->value;
    const std::string first = path.substr(0, path.find('/'));
    if (built_in.contains(first) || first == kebab_case(all.tenant.plural.value)) {
        in.out.report(code::reserved_name, entity.path->at, quoted("/v1/" + first) + " belongs to every service",
                      "choose another path");
        return;
    }
    const std::string route = route_of(entity);
    for (const auto& [name, other] : in.entities) {
        if (other == &entity) continue;
        const std::string taken = route_of(*other);
        const bool later = !other->path || other->path->at.offset < entity.path->at.offset;
        if (!later || !(lies_below(route, taken) || lies_below(taken, route))) continue;
        const std::string own = "the route " + quoted(route) + " of entity " + quoted(entity.entity_name.value);
        in.out.report(code::bad_route, entity.path->at,
                      route == taken
                          ? own + " is that of entity " + quoted(name) + " as well"
                          : own + " and " + quoted(taken) + " of entity " + quoted(name) + " lie one below the other",
                      "choose another path");
        return;
    }
}

/// The route that an entity has when it names none. Tables of features are refused as such.
void check_derived_route(reading& in, const entity_spec& entity, const path_roots& built_in) {
    const std::string table = table_of(entity);
    if (is_reserved_table(in, table) || !built_in.contains(kebab_case(table))) return;
    in.out.report(code::reserved_name, entity.entity_name.at,
                  "the route " + quoted(route_of(entity)) + " of entity " + quoted(entity.entity_name.value) +
                      " is one that every service has itself",
                  "give it a 'path' of its own");
}

}  // namespace

std::string route_of(const entity_spec& entity) {
    return "/v1/" + (entity.path ? entity.path->value : kebab_case(table_of(entity)));
}

void check_routes(reading& in, const spec& all) {
    const path_roots built_in = declared_path_roots(in.features);
    for (const entity_spec& entity : all.entities) {
        if (entity.extends != extended_entity::none) continue;
        if (entity.path) {
            check_route(in, all, entity, built_in);
        } else {
            check_derived_route(in, entity, built_in);
        }
    }
}

}  // namespace tenon::gen
