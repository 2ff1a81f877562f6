// Entities as the tables that the generated tests walk.
#include "generator/render/test_view.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "generator/render/field_view.hpp"
#include "generator/render/openapi_lists.hpp"
#include "generator/render/test_values.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen {

namespace {

constexpr std::size_t rows_wanted = 8;

/// A JSON text as C++: raw where that is easier to read.
std::string json_literal(const std::string& json) {
    const bool plain = std::all_of(json.begin(), json.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    const bool quoted = json.find_first_of("\"\\") != std::string::npos;
    const bool raw = plain && quoted && json.find(")\"") == std::string::npos && json.find("??") == std::string::npos;
    return raw ? "R\"(" + json + ")\"" : cpp_literal(json);
}

/// Fields that no two records may share, alone or with others.
std::set<std::string> unique_columns(const entity_model& entity) {
    std::set<std::string> out;
    for (const index_model& index : entity.indexes) {
        if (index.unique) out.insert(index.columns.begin(), index.columns.end());
    }
    return out;
}

class field_initializer {
  public:
    void add(const char* member, const std::string& value) {
        members_.push_back("." + std::string(member) + " = " + value);
    }
    void add_if(bool flag, const char* member) {
        if (flag) add(member, "true");
    }
    void add_json(const char* member, const std::string& json) {
        if (!json.empty()) add(member, json_literal(json));
    }
    /// For a line that is 12 spaces deep.
    std::string take() && { return braced_within(members_, 107, 16); }

  private:
    std::vector<std::string> members_;
};

bool is_reference(const field_model& field) {
    return field.to_user || field.target.has_value();
}

int rank(const model& product, const entity_model& entity, std::size_t role) {
    const auto may = [&](std::size_t permission) {
        return product.permissions[permission].by_role[role] != decision::denied;
    };
    if (!may(entity.create) || !may(entity.read)) return 0;
    const bool bin = product.permissions[entity.remove].by_role[role] == decision::allowed;
    return 1 + (may(entity.update) ? 2 : 0) + (may(entity.remove) ? 2 : 0) + (bin ? 1 : 0);
}

/// The role that may do most with records of its own, the owner's first; none when no role may create and read them.
std::optional<std::size_t> actor_of(const model& product, const entity_model& entity) {
    std::size_t best = product.owner_role;
    for (std::size_t role = 0; role < product.roles.size(); ++role) {
        if (rank(product, entity, role) > rank(product, entity, best)) best = role;
    }
    return rank(product, entity, best) > 0 ? std::optional(best) : std::nullopt;
}

/// The actor of `entity` sees what the actor of `target` makes: only that can be referred to.
bool sees(const model& product, const entity_model& entity, const entity_model& target) {
    const auto role = actor_of(product, entity);
    if (!role) return false;
    const decision reads = product.permissions[target.read].by_role[*role];
    return reads == decision::allowed || (reads == decision::own && actor_of(product, target) == role);
}

void add_reference(const model& product, const entity_model& entity, const field_model& field, field_initializer& out) {
    if (field.to_user) return out.add("to_member", "true");
    const entity_model& target = product.entities[*field.target];
    out.add("target", "&" + target.name.snake + "_resource");
    if (!sees(product, entity, target)) return out.add("hidden", "true");
    out.add_if(field.tree, "tree");
    const char* what = field.on_delete == on_delete_rule::cascade    ? "on_delete::cascade"
                       : field.on_delete == on_delete_rule::set_null ? "on_delete::clear"
                                                                     : "on_delete::refuse";
    out.add("when_target_goes", what);
}

/// What an answer holds when a request leaves the field out; empty when only the service knows (`now`).
std::string initial_json(const field_model& field) {
    if (!field.has_default) return "null";
    return field.default_json;
}

std::string initializer_of(const model& product, const entity_model& entity, const field_model& field, bool unique) {
    field_initializer out;
    out.add("name", cpp_literal(field.member));
    if (is_reference(field)) {
        add_reference(product, entity, field, out);
    } else {
        std::vector<std::string> values;
        for (const std::string& json : test_values(field, unique ? rows_wanted : 2))
            values.push_back(json_literal(json));
        out.add("values", braced_within(values, 93, 20));
    }
    out.add_json("refused", field.invalid_json);
    out.add_json("wrong_type", wrong_type_json(field));
    if (!field.required_on_create) out.add_json("initial", initial_json(field));
    out.add_if(field.type.kind == type_kind::money && !field.array, "is_money");
    out.add_if(field.required_on_create, "required");
    out.add_if(field.optional, "optional");
    out.add_if(field.immutable, "immutable");
    out.add_if(unique, "unique");
    return std::move(out).take();
}

/// True when some role can make a record, and all that it has to refer to can be made: those in `made` can.
bool can_be_made(const model& product, const entity_model& entity, const std::vector<bool>& made) {
    if (!actor_of(product, entity)) return false;
    return std::all_of(entity.fields.begin(), entity.fields.end(), [&](const field_model& field) {
        if (!field.target || field.optional) return true;
        return made[*field.target] && sees(product, entity, product.entities[*field.target]);
    });
}

std::string name_in_tests(decision d) {
    return d == decision::allowed ? "may::all" : d == decision::own ? "may::own" : "may::none";
}

view::list access_of(const model& product, const std::vector<std::size_t>& permissions) {
    view::list out;
    for (std::size_t role = 0; role < product.roles.size(); ++role) {
        std::vector<std::string> items{cpp_literal(product.roles[role].name)};
        for (const std::size_t one : permissions)
            items.push_back(name_in_tests(product.permissions[one].by_role[role]));
        view item;
        item.set("initializer", braced(items));
        out.push_back(std::move(item));
    }
    return out;
}

std::string parameters_of(const std::vector<list_column_model>& columns) {
    std::vector<std::string> out;
    for (const list_column_model& column : columns) out.push_back(cpp_literal(column.parameter));
    return braced(out);
}

view::list filters_of(const entity_model& entity) {
    view::list out;
    for (const list_column_model& column : entity.filters) {
        field_initializer one;
        one.add("name", cpp_literal(column.parameter));
        one.add_if(column.bounds, "ordered");
        one.add_if(finds_missing(entity, column), "nullable");
        one.add_if(column.list, "list");
        one.add_if(column.type == list_column_type::text, "text");
        view item;
        item.set("initializer", std::move(one).take());
        out.push_back(std::move(item));
    }
    return out;
}

/// How many records can be told apart, when a unique field has few values.
std::size_t rows_possible(const entity_model& entity) {
    std::size_t rows = rows_wanted;
    for (const index_model& index : entity.indexes) {
        if (!index.unique) continue;
        std::size_t most = 1;
        for (const std::string& column : index.columns) {
            for (const field_model& field : entity.fields) {
                if (field.columns.front().name != column) continue;
                most = std::max(most, is_reference(field) ? rows_wanted : test_values(field, rows_wanted).size());
            }
        }
        rows = std::min(rows, most);
    }
    return rows;
}

}  // namespace

std::vector<bool> makeable_entities(const model& product) {
    std::vector<bool> made(product.entities.size(), false);
    for (bool is_news = true; is_news;) {
        is_news = false;
        for (std::size_t i = 0; i < made.size(); ++i) {
            if (made[i] || !can_be_made(product, product.entities[i], made)) continue;
            made[i] = is_news = true;
        }
    }
    return made;
}

void set_tests(view& out, const model& product, const entity_model& entity, bool can_be_made) {
    view test;
    view::list fields;
    const std::set<std::string> unique = unique_columns(entity);
    for (const field_model& field : entity.fields) {
        view one;
        one.set("initializer", initializer_of(product, entity, field, unique.contains(field.columns.front().name)));
        fields.push_back(std::move(one));
    }
    std::vector<std::string> searched;
    for (const std::string& column : entity.search) searched.push_back(cpp_literal(column));
    const auto actor = actor_of(product, entity);
    test.set("fields", std::move(fields)).set("can_be_made", can_be_made);
    test.set("actor", cpp_literal(product.roles[actor.value_or(product.owner_role)].name));
    std::vector<std::size_t> permissions{entity.read, entity.create, entity.update, entity.remove};
    if (entity.purge) permissions.push_back(*entity.purge);
    test.set("access", access_of(product, permissions));
    test.set("filters", filters_of(entity)).set("has_filters", !entity.filters.empty());
    test.set("sorts", parameters_of(entity.sorts)).set("usual_sort", cpp_literal(usual_sort(entity)));
    test.set("search", braced(searched)).set("rows", std::to_string(rows_possible(entity)));
    test.set("has_unique", !unique.empty());
    out.set("test", std::move(test));
}

void set_tests(view& out, const model& product) {
    std::vector<std::size_t> declared;
    for (const auto& [name, permission] : product.declared_permissions) declared.push_back(permission);
    std::sort(declared.begin(), declared.end());
    out.set("test_access", access_of(product, declared));
    out.set("owner_role_literal", cpp_literal(product.roles[product.owner_role].name));
    out.set("default_role_literal", cpp_literal(product.roles[product.default_role].name));
}

}  // namespace tenon::gen
