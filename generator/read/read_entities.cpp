// Reads entities: their fields, indexes, access rules, lists and workflows.
#include <algorithm>

#include "generator/read/parts.hpp"
#include "generator/read/type_parser.hpp"
#include "generator/read/unsupported.hpp"
#include "generator/read/values.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

constexpr std::size_t most_fields = 200;
constexpr std::size_t most_states = 100;

void read_fields(reading& in, const yaml_node& node, const std::string& where, entity_spec& out) {
    const std::string what = "'fields' of " + where;
    if (!expect_shape(in, node, node_shape::map, what)) return;
    if (node.items.empty())
        in.out.report(code::bad_value, node.at, what + " are empty", "write one such as title: string(1..120)");
    if (node.items.size() > most_fields)
        in.out.report(code::bad_value, node.at, where + " has more than " + std::to_string(most_fields) + " fields",
                      "split it into several entities");
    for (std::size_t i = 0; i < std::min(node.items.size(), most_fields); ++i) {
        const name& key = node.keys[i];
        check_name(in, key, name_style::snake, "field");
        auto field = read_field(in, out.entity_name.value, key, node.items[i]);
        if (!field) {
            in.broken_fields.emplace(out.entity_name.value, key.value);
            field.emplace();
            field->field_name = key;
            field->at = key.at;
        }
        out.fields.push_back(std::move(*field));
    }
}

/// A list of lists of fields; one list of words means one index of several columns only when nested.
std::vector<column_list> read_column_lists(reading& in, const yaml_node& node, const std::string& what) {
    std::vector<column_list> out;
    for (const yaml_node* item : read_items(in, node, what)) {
        column_list columns;
        columns.at = item->at;
        columns.columns = read_words(in, *item, what);
        if (item->shape == node_shape::list && item->items.empty())
            in.out.report(code::bad_value, item->at, "an item of " + what + " names no field",
                          "write [field, other_field]");
        if (!columns.columns.empty()) out.push_back(std::move(columns));
    }
    return out;
}

list_spec read_list(reading& in, const yaml_node& node, const std::string& where) {
    list_spec out;
    map_reader keys(in, node, "list", "'list' of " + where);
    const auto words = [&](std::string_view key) -> std::vector<name> {
        const yaml_node* given = keys.get(key);
        if (given == nullptr) return {};
        return read_words(in, *given, "'" + std::string(key) + "' of " + where);
    };
    out.filter = words("filter");
    out.search = words("search");
    out.sort = words("sort");
    keys.finish();
    return out;
}

extended_entity extension_of(const std::string& entity, const std::string& tenant_entity) {
    if (entity == "User") return extended_entity::user;
    return entity == tenant_entity && !tenant_entity.empty() ? extended_entity::tenant : extended_entity::none;
}

/// A flag, or what becomes of records in the bin.
void read_soft_delete(reading& in, const yaml_node& node, const std::string& where, entity_spec& out) {
    const std::string what = "'soft_delete' of " + where;
    if (node.shape != node_shape::map) {
        out.soft_delete = read_bool(in, &node, false, what);
        return;
    }
    map_reader keys(in, node, "soft_delete", what);
    out.soft_delete = true;
    if (const yaml_node* keep = keys.get("keep")) {
        out.keep = read_duration(in, *keep, "'keep' in " + what);
        out.keep_at = keep->at;
    }
    if (const yaml_node* purge = keys.get("purge")) out.purge = read_access_rule(in, *purge, "'purge' in " + what);
    keys.finish();
}

/// What only entities of the spec's own have.
void read_options(reading& in, map_reader& keys, const std::string& where, entity_spec& out) {
    if (const yaml_node* given = keys.get("plural")) {
        auto found = read_scalar(in, *given, "'plural' of " + where);
        if (found && check_name(in, *found, name_style::snake, "table")) out.plural = std::move(*found);
    }
    if (const yaml_node* given = keys.get("path")) out.path = read_route_path(in, *given, "'path' of " + where);
    if (const yaml_node* given = keys.get("was")) {
        auto found = read_scalar(in, *given, "'was' of " + where);
        if (found && check_name(in, *found, name_style::pascal, "entity")) out.was = std::move(*found);
    }
    if (const yaml_node* given = keys.get("access")) out.access = read_access(in, *given, "of " + where);
    if (const yaml_node* given = keys.get("list")) out.list = read_list(in, *given, where);
    if (const yaml_node* given = keys.get("soft_delete")) read_soft_delete(in, *given, where, out);
    out.versions = read_bool(in, keys.get("versions"), false, "'versions' of " + where);
    if (const yaml_node* given = keys.get("workflow"); given != nullptr && given->text != "false")
        out.workflow = read_workflow(in, *given, where);
}

entity_spec read_entity(reading& in, const name& key, const yaml_node& node, extended_entity extends) {
    entity_spec out;
    out.entity_name = key;
    out.at = key.at;
    out.extends = extends;
    const std::string where = "entity " + quoted(key.value);
    map_reader keys(in, node, "entity", where);
    if (const yaml_node* fields = keys.need("fields", "fields: {title: string(1..120)}"))
        read_fields(in, *fields, where, out);
    out.description = read_prose(in, keys.get("description"), "'description' of " + where);
    if (const yaml_node* given = keys.get("indexes"))
        out.indexes = read_column_lists(in, *given, "'indexes' of " + where);
    if (const yaml_node* given = keys.get("unique"))
        out.uniques = read_column_lists(in, *given, "'unique' of " + where);
    if (extends == extended_entity::none) read_options(in, keys, where, out);
    keys.finish();
    return out;
}

}  // namespace

std::vector<entity_spec> read_entities(reading& in, const yaml_node& node, const std::string& tenant_entity) {
    std::vector<entity_spec> out;
    if (!expect_shape(in, node, node_shape::map, "entities")) return out;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const name& key = node.keys[i];
        const extended_entity extends = extension_of(key.value, tenant_entity);
        const std::string row = extends == extended_entity::tenant ? "(tenant)" : key.value;
        if (extends != extended_entity::none && refuse_unsupported_word(in, "entities", {row, key.at})) continue;
        check_name(in, key, name_style::pascal, "entity");
        out.push_back(read_entity(in, key, node.items[i], extends));
    }
    return out;
}

workflow_spec read_workflow(reading& in, const yaml_node& node, const std::string& where) {
    workflow_spec out;
    out.at = node.at;
    const std::string what = "workflow of " + where;
    map_reader keys(in, node, "workflow", what);
    if (const yaml_node* field = keys.need("field", "field: status")) {
        auto found = read_scalar(in, *field, "'field' of " + what);
        if (found && check_name(in, *found, name_style::snake, "field")) out.field = std::move(*found);
    }
    if (const yaml_node* states = keys.need("states", "states: {draft: [done], done: []}"))
        read_named(in, *states, "state", "'states' of " + what, [&](const name& key, const yaml_node& next) {
            out.states.push_back({key,
                                  next.shape == node_shape::empty
                                      ? std::vector<name>{}
                                      : read_words(in, next, "what follows " + quoted(key.value)),
                                  {}});
        });
    if (out.states.size() > most_states) {
        in.out.report(code::bad_workflow, out.at, what + " has more than " + std::to_string(most_states) + " states");
        out.states.resize(most_states);
    }
    if (const yaml_node* who = keys.get("who");
        who != nullptr && expect_shape(in, *who, node_shape::map, "'who' of " + what)) {
        for (std::size_t i = 0; i < who->keys.size(); ++i) {
            const name& key = who->keys[i];
            access_rule rule = read_access_rule(in, who->items[i], quoted(key.value) + " in 'who' of " + what);
            bool known = false;
            std::vector<std::string> states;
            for (workflow_state& state : out.states) {
                states.push_back(state.state.value);
                if (state.state.value != key.value) continue;
                state.who = rule;
                known = true;
            }
            if (!known) report_unknown(in, code::unknown_state, key, "state", states);
        }
    }
    if (const yaml_node* schedule = keys.get("schedule"))
        out.schedule = read_scalar(in, *schedule, "'schedule' of " + what);
    keys.finish();
    return out;
}

}  // namespace tenon::gen
