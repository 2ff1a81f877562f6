// What the API's document calls operations and schemas: each name once, beside those that every service has.
#include <algorithm>
#include <array>
#include <set>

#include "generator/resolve/parts.hpp"

namespace tenon::gen {

namespace {

/// A record's schema, and those made from it.
std::array<std::string, 4> schemas_of(const std::string& one) {
    return {one, "New" + one, one + "Changes", one + "List"};
}

/// What features call theirs.
struct names_of_features {
    std::set<std::string_view> schemas;
    std::set<std::string_view> operations;
};

std::string free_schema(const std::string& wanted, const names_of_features& built_in, unique_names& taken) {
    std::string out = wanted;
    for (;;) {
        const auto all = schemas_of(out);
        const bool free = std::none_of(all.begin(), all.end(), [&](const std::string& one) {
            return built_in.schemas.contains(one) || taken.has(one);
        });
        if (free) {
            for (const std::string& one : all) taken.reserve(one);
            return out;
        }
        out += "Record";
    }
}

/// Features have operations of some names already: "list_members", "update_me".
operation_names operations_of(const names& name, const std::set<std::string_view>& built_in, unique_names& taken) {
    constexpr std::array verbs{"create_", "get_", "update_", "delete_", "restore_", "purge_"};
    const bool many_taken = built_in.contains("list_" + name.plural_snake);
    const bool one_taken =
        std::any_of(verbs.begin(), verbs.end(), [&](const char* verb) { return built_in.contains(verb + name.snake); });
    const std::string many = many_taken ? name.snake + "_records" : name.plural_snake;
    const std::string one = one_taken ? name.snake + "_record" : name.snake;
    operation_names out;
    out.list = taken.take("list_" + many);
    out.create = taken.take("create_" + one);
    out.get = taken.take("get_" + one);
    out.update = taken.take("update_" + one);
    out.remove = taken.take("delete_" + one);
    out.restore = taken.take("restore_" + one);
    out.purge = taken.take("purge_" + one);
    return out;
}

/// Of the values of a field: everybody's Money, a name of its own for an enum and for money with rules, or none.
std::string values_schema(const entity_model& entity, const field_model& field, const names_of_features& built_in,
                          unique_names& taken) {
    const field_type& type = field.type;
    const bool money = type.kind == type_kind::money;
    if (!money && type.kind != type_kind::enumeration) return {};
    if (money && type.currency.empty() && !type.min && !type.max) return "Money";
    std::string out = entity.schema + field.name.pascal;
    while (built_in.schemas.contains(out) || !taken.reserve(out)) out += "Value";
    return out;
}

}  // namespace

void resolve_api_names(model& out) {
    const names_of_features built_in{declared_schemas(out.features), declared_operations(out.features)};
    unique_names taken, operations;
    out.tenant.schema = free_schema(out.tenant.name.pascal, built_in, taken);
    taken.reserve("Own" + out.tenant.schema);
    for (entity_model& entity : out.entities) {
        entity.schema = free_schema(entity.name.pascal, built_in, taken);
        entity.operations = operations_of(entity.name, built_in.operations, operations);
    }
    for (entity_model& entity : out.entities) {
        for (field_model& field : entity.fields) field.schema = values_schema(entity, field, built_in, taken);
    }
}

}  // namespace tenon::gen
