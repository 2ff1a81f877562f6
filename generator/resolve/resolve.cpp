// The order in which a model comes about: names, fields, relations, permissions, lists.
#include "generator/resolve/resolve.hpp"

#include <algorithm>
#include <array>

#include "generator/read/feature_choices.hpp"
#include "generator/resolve/parts.hpp"
#include "generator/support/literal.hpp"
#include "generator/support/pattern_text.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

/// Names in the global namespace wherever a header of the C library is included: no namespace can be called so.
bool is_global_name(std::string_view word) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"abort",  "abs",      "accept",   "access",    "alarm",  "atoi",    "bind",   "boost",  "bsearch",  "calloc",
         "chmod",  "chown",    "clock",    "clone",     "close",  "connect", "ctime",  "daemon", "difftime", "div",
         "dup",    "environ",  "erf",      "exit",      "exp",    "floor",   "fork",   "free",   "gamma",    "getline",
         "hypot",  "index",    "kill",     "link",      "listen", "log",     "malloc", "mkdir",  "nice",     "open",
         "optarg", "pause",    "perror",   "pipe",      "poll",   "pow",     "printf", "puts",   "raise",    "rand",
         "random", "read",     "realloc",  "recv",      "remove", "rename",  "rewind", "rindex", "round",    "scanf",
         "select", "send",     "shutdown", "sigaction", "signal", "sleep",   "socket", "sqrt",   "stat",     "statx",
         "std",    "stpcpy",   "swab",     "symlink",   "sync",   "system",  "tenon",  "time",   "timezone", "tmpfile",
         "trunc",  "truncate", "umask",    "unlink",    "usleep", "wait",    "write"});
    return std::find(names.begin(), names.end(), word) != names.end();
}

service_model resolve_service(const service_spec& source) {
    service_model out;
    out.name = forms_of(source.service_name.value);
    out.space = cpp_identifier(source.service_name.value);
    if (is_global_name(out.space)) out.space += "_service";
    out.title = source.title.empty() ? out.name.title : source.title;
    out.description = source.description;
    out.version = source.version;
    out.contact = source.contact;
    out.license = source.license;
    out.servers = source.servers;
    return out;
}

tenant_model resolve_tenant(const tenant_spec& source) {
    tenant_model out;
    out.name = forms_of(source.singular.value, source.plural.value);
    out.table = out.name.plural_snake;
    out.column = out.name.snake + "_id";
    out.route = "/v1/" + out.name.plural_kebab;
    return out;
}

/// Left out, it is everything that there is.
deploy_model resolve_deploy(const std::vector<name>& targets) {
    if (targets.empty()) return {};
    const auto has = [&](std::string_view word) {
        return std::any_of(targets.begin(), targets.end(), [&](const name& one) { return one.value == word; });
    };
    return {has("docker") || has("compose"), has("compose"), has("systemd")};
}

entity_model start_entity(const entity_spec& source, unique_names& tables) {
    entity_model out;
    out.name = forms_of(source.entity_name.value, source.plural ? source.plural->value : std::string());
    out.description = source.description;
    // As the spec has it: SKU, where the forms would have Sku.
    out.name.pascal = source.entity_name.value;
    out.cpp_class = cpp_class(out.name.snake);
    out.cpp_namespace = cpp_namespace(out.name.plural_snake);
    out.table = tables.take(out.name.plural_snake);
    out.route = "/v1/" + (source.path ? source.path->value : out.name.plural_kebab);
    out.soft_delete = source.soft_delete;
    out.keep_seconds = source.keep.value_or(std::chrono::seconds(0)).count();
    if (source.was) {
        out.was = forms_of(source.was->value);
        out.was->pascal = source.was->value;
    }
    out.at = source.at;
    return out;
}

/// What a field still lacks once its type is known: rules, columns, examples.
void finish_field(const field_spec& source, field_model& field, const std::vector<std::string>& columns) {
    if (source.pattern) {
        field.spec_pattern = source.pattern->value;
        field.pattern = re2_pattern(source.pattern->value);
        field.pattern_literal = cpp_literal(field.pattern);
        if (!source.pattern_message.empty())
            field.pattern_literal += ",\n        " + cpp_literal(source.pattern_message);
    }
    if (field.type.kind == type_kind::string || field.type.kind == type_kind::text)
        field.max_length = max_length_of(field.type);
    if (field.array) field.max_items = source.max_items.value_or(default_items_max);
    field.checks = checks_of(source, field);
    field.columns = columns_of(source, field, columns);
    make_examples(source, field);
}

void resolve_fields(const entity_spec& source, entity_model& entity, type_names& types) {
    std::vector<const field_spec*> sources;
    std::vector<std::string> columns;
    for (const field_spec& field : source.fields) {
        if (field.type.kind == type_kind::has_many) continue;
        entity.fields.push_back(resolve_field(field, entity, types));
        sources.push_back(&field);
        columns.push_back(entity.fields.back().member);
    }
    for (std::size_t i = 0; i < entity.fields.size(); ++i) finish_field(*sources[i], entity.fields[i], columns);
}

/// The field of `target` that refers to `to`: the one named, else the first.
const field_model* inverse_of(const field_spec& source, const entity_model& target, std::size_t to) {
    for (const field_model& field : target.fields) {
        const bool named =
            !source.type.via || source.type.via->value == field.name.snake || source.type.via->value == field.member;
        if (field.target == to && named) return &field;
    }
    return nullptr;
}

void resolve_has_many(const entity_spec& source, std::size_t self, const type_names& types, model& all,
                      inverse_members& inverse) {
    for (const field_spec& field : source.fields) {
        if (field.type.kind != type_kind::has_many) continue;
        const auto target = types.entities.find(field.type.target.value);
        if (target == types.entities.end()) continue;
        const field_model* reference = inverse_of(field, all.entities[target->second], self);
        if (reference == nullptr) continue;
        all.entities[self].has_many.push_back({forms_of(field.field_name.value), target->second, reference->member});
        inverse[target->second].push_back(reference->member);
    }
}

void resolve_referenced_by(model& all) {
    for (std::size_t i = 0; i < all.entities.size(); ++i) {
        for (const field_model& field : all.entities[i].fields) {
            if (!field.target) continue;
            std::vector<std::size_t>& list = all.entities[*field.target].referenced_by;
            if (list.empty() || list.back() != i) list.push_back(i);
        }
    }
}

/// Whatever cascades from an entity with a bin has one as well, and so on.
void resolve_bins(model& all) {
    for (bool more = true; more;) {
        more = false;
        for (entity_model& entity : all.entities) {
            const bool along = std::any_of(entity.fields.begin(), entity.fields.end(), [&](const field_model& field) {
                return field.target && field.on_delete == on_delete_rule::cascade &&
                       all.entities[*field.target].has_bin();
            });
            if (!along || entity.goes_along) continue;
            entity.goes_along = more = true;
        }
    }
}

}  // namespace

model resolve(const spec& source) {
    model out;
    out.service = resolve_service(source.service);
    out.tenant = resolve_tenant(source.tenant);
    out.access_token_seconds = source.auth.tokens.access.count();
    out.refresh_token_seconds = source.auth.tokens.refresh.count();
    out.deploy = resolve_deploy(source.product.deploy);
    out.features = features_of(source);
    resolve_roles(source, out);

    std::vector<const entity_spec*> entities;
    unique_names tables;
    for (const std::string& table : built_in_table_names(out.features, {out.tenant.table, out.tenant.column}))
        tables.take(table);
    type_names types;
    for (const entity_spec& entity : source.entities) {
        if (entity.extends != extended_entity::none) continue;
        entities.push_back(&entity);
        out.entities.push_back(start_entity(entity, tables));
        const std::string& type = out.entities.back().name.snake;
        for (const std::string& taken : {type, "new_" + type, type + "_changes"}) types.domain.take(taken);
        types.entities.emplace(entity.entity_name.value, out.entities.size() - 1);
    }
    for (std::size_t i = 0; i < entities.size(); ++i) resolve_fields(*entities[i], out.entities[i], types);
    inverse_members inverse(entities.size());
    for (std::size_t i = 0; i < entities.size(); ++i) resolve_has_many(*entities[i], i, types, out, inverse);
    resolve_referenced_by(out);
    resolve_api_names(out);
    resolve_bins(out);
    resolve_permissions(source, out);
    for (std::size_t i = 0; i < entities.size(); ++i) resolve_lists(*entities[i], out.entities[i], inverse[i]);
    return out;
}

}  // namespace tenon::gen
