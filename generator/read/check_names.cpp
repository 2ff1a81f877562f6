// Finds names that collide as a table, column or route, and those that Tenon uses itself.
#include <algorithm>
#include <array>
#include <map>

#include "generator/read/checks.hpp"
#include "generator/support/among.hpp"
#include "generator/support/naming.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen {

namespace {

/// Targets of the build and namespaces of the code of every generated service.
constexpr auto reserved_services =
    std::to_array<std::string_view>({"access", "agents",     "all", "api",     "app",     "billing", "boost", "clean",
                                     "custom", "domain",     "fmt", "help",    "install", "jobs",    "main",  "package",
                                     "plans",  "publishing", "std", "storage", "tenon",   "test",    "tests"});

/// What is built in, and the other members of a sign-up, where the tenant is named by its word.
constexpr auto reserved_tenants = std::to_array<std::string_view>(
    {"api_key", "audit_entry", "auth", "email", "health", "invitation", "me", "member", "membership", "metrics", "name",
     "password", "ready", "role", "session", "tenant_member", "token", "user"});

/// The answer of /v1/me has the tenants beside these.
constexpr auto members_of_me = std::to_array<std::string_view>({"created_at", "email", "id", "name", "updated_at"});

/// Tables and routes that services will have, or that are not of a feature.
constexpr auto other_tables =
    std::to_array<std::string_view>({"api_keys", "audit_entries", "auth", "invitations", "me", "tenon_migrations"});

/// Columns that PostgreSQL has in every table.
constexpr auto system_columns = std::to_array<std::string_view>({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"});

/// The database that keeps names of tables that begin like this one for itself; empty when none does.
std::string_view owner_of_prefix(std::string_view table) {
    if (table.starts_with("sqlite_")) return "SQLite";
    return table.starts_with("pg_") ? "PostgreSQL" : "";
}

/// Names already taken, by what they come to.
class taken_names {
  public:
    explicit taken_names(reading& in) : in_(in) {}

    /// False (reported) when another name has taken it. `key` is what the name comes to, `as` how that is called in
    /// messages ("the table 'people'").
    bool take(const std::string& key, const name& given, const std::string& as) {
        const auto [first, is_new] = taken_.emplace(key, given);
        if (is_new) return true;
        in_.out.report(code::name_clash, given.at,
                       quoted(given.value) + " and " + quoted(first->second.value) + " come to " + as,
                       "name one of them otherwise");
        return false;
    }

  private:
    reading& in_;
    std::map<std::string, name> taken_;
};

/// Without underscores and capitals: names that differ in nothing else are one for a reader, and for some file systems.
std::string flattened(std::string_view text) {
    std::string out;
    for (const std::string& word : words_of(text)) out += word;
    return out;
}

void check_service(reading& in, const spec& all) {
    const name& service = all.service.service_name;
    if (is_among(service.value, reserved_services))
        in.out.report(code::reserved_name, service.at,
                      quoted(service.value) + " names something else in every generated project",
                      "write another name, such as " + quoted(service.value + "_service"));
}

void check_tenant(reading& in, const spec& all) {
    const tenant_spec& tenant = all.tenant;
    const auto refuse = [&](const name& given) {
        in.out.report(code::reserved_name, given.at,
                      quoted(given.value) + " is built in and cannot be the word for the tenant",
                      "write another one, such as workspace, team or organization");
    };
    if (is_among(tenant.singular.value, reserved_tenants)) return refuse(tenant.singular);
    const bool is_member =
        is_among(tenant.plural.value, members_of_me) || tenant.plural.value == tenant.singular.value + "_id";
    if (is_member) return refuse(tenant.plural);
    if (is_reserved_table(in, tenant.plural.value) || !owner_of_prefix(tenant.plural.value).empty())
        return refuse(tenant.plural);
    if (tenant.singular.value.size() + 3 > longest_name)
        in.out.report(code::name_too_long, tenant.singular.at,
                      "the tenant's column would be longer than " + std::to_string(longest_name) + " characters",
                      "shorten the name");
}

/// The types of the generated code and API that come of an entity: the class, what creates and changes it, its list,
/// and its enums.
void check_types(const entity_spec& entity, taken_names& types) {
    const std::string base = snake_case(entity.entity_name.value);
    for (const std::string& type : {base, "new_" + base, base + "_changes", base + "_list"}) {
        if (!types.take(type, entity.entity_name, "the type " + quoted(type))) return;
    }
    for (const field_spec& field : entity.fields) {
        if (field.type.kind != type_kind::enumeration) continue;
        const std::string type = base + "_" + field.field_name.value;
        types.take(type, field.field_name, "the type " + quoted(type));
    }
}

void check_table(reading& in, const spec& all, const entity_spec& entity, taken_names& tables) {
    const std::string table = table_of(entity);
    const name& given = entity.plural ? *entity.plural : entity.entity_name;
    const std::string as = "the table " + quoted(table);
    const std::string base = snake_case(entity.entity_name.value);
    if (const std::string_view owner = owner_of_prefix(table); !owner.empty()) {
        const std::string prefix = table.substr(0, table.find('_') + 1);
        in.out.report(code::reserved_name, given.at,
                      std::string(owner) + " keeps tables whose names begin with " + quoted(prefix) + " for itself",
                      "write 'plural: own_" + table + "', or another name");
    } else if (is_reserved_table(in, table) || table == all.tenant.plural.value) {
        in.out.report(code::reserved_name, given.at,
                      as + " of " + quoted(entity.entity_name.value) + " is one that every service has itself",
                      "write 'plural: " + base + "_records', or another name");
    } else if (table.size() > longest_name && given.value.size() <= longest_name) {
        in.out.report(code::name_too_long, given.at, as + " would have " + std::to_string(table.size()) + " characters",
                      "at most " + std::to_string(longest_name) + "; give the entity a short 'plural'");
    } else {
        tables.take(flattened(table), {entity.entity_name.value, given.at}, as);
    }
}

/// What a field adds to the table.
std::vector<std::string> columns_of(const field_spec& field) {
    const std::string& base = field.field_name.value;
    switch (field.type.kind) {
        case type_kind::reference:
            return {base + "_id"};
        case type_kind::money:
            return {base, base + "_currency"};
        default:
            return {base};
    }
}

void check_columns(reading& in, const entity_spec& entity, const std::vector<std::string>& generated) {
    taken_names columns(in);
    for (const field_spec& field : entity.fields) {
        const name& given = field.field_name;
        if (std::find(generated.begin(), generated.end(), given.value) != generated.end()) {
            in.out.report(code::reserved_name, given.at,
                          "every record has the column " + quoted(given.value) + " already",
                          "take the field out, or write another name, such as " + quoted("own_" + given.value));
            continue;
        }
        for (const std::string& column : columns_of(field)) {
            const bool built_in = std::find(generated.begin(), generated.end(), column) != generated.end();
            if (built_in)
                in.out.report(
                    code::reserved_name, given.at,
                    "the column " + quoted(column) + " of " + quoted(given.value) + " is one that every record has",
                    "write another name, such as " + quoted("other_" + given.value));
            else if (is_among(column, system_columns))
                in.out.report(code::reserved_name, given.at,
                              "PostgreSQL has a column " + quoted(column) + " of its own in every table",
                              "name the field otherwise, such as " + quoted(given.value + "_value"));
            else if (column.size() > longest_name && given.value.size() <= longest_name)
                in.out.report(
                    code::name_too_long, given.at,
                    "the column " + quoted(column) + " would have " + std::to_string(column.size()) + " characters",
                    "at most " + std::to_string(longest_name));
            else
                columns.take(flattened(column), given, "the column " + quoted(snake_case(column)));
        }
        if (field.type.kind == type_kind::reference)
            columns.take(flattened(given.value), given, "the name " + quoted(given.value));
    }
}

/// A name passes from one thing to another in two steps: with both in one spec, nobody could tell whether the first was
/// done before.
std::string how_to_pass_on(const std::string& former) {
    return "take 'was' out if that was done before; else in two steps: give the " + quoted(former) +
           " of before a name that is free, and generate; then take its 'was' out, and write this one";
}

/// Under whichever capitals: Sku and SKU are one table. Whoever only changed its own may say so.
bool is_still_there(const spec& all, const entity_spec& of, const name& was) {
    return std::any_of(all.entities.begin(), all.entities.end(), [&](const entity_spec& one) {
        const bool own = &one == &of && one.entity_name.value != was.value;
        return !own && snake_case(one.entity_name.value) == snake_case(was.value);
    });
}

void check_former_names(reading& in, const spec& all) {
    taken_names formers(in);
    for (const entity_spec& entity : all.entities) {
        if (entity.was) {
            formers.take(snake_case(entity.was->value), *entity.was,
                         "the entity " + quoted(entity.was->value) + " of before");
            if (is_still_there(all, entity, *entity.was))
                in.out.report(code::name_clash, entity.was->at, quoted(entity.was->value) + " is still in the spec",
                              how_to_pass_on(entity.was->value));
        }
        for (const field_spec& field : entity.fields) {
            if (!field.was || find_field(entity, field.was->value) == nullptr) continue;
            in.out.report(code::name_clash, field.was->at,
                          "the field " + quoted(field.was->value) + " is still in " + entity.entity_name.value,
                          how_to_pass_on(field.was->value));
        }
    }
}

}  // namespace

bool is_reserved_table(const reading& in, std::string_view name) {
    const std::vector<std::string> built_in = built_in_table_names(in.features, {"{tenants}", "{tenant_id}"});
    return is_among(name, other_tables) || std::find(built_in.begin(), built_in.end(), name) != built_in.end();
}

std::string table_of(const entity_spec& entity) {
    return entity.plural ? entity.plural->value : snake_case(plural(entity.entity_name.value));
}

std::vector<std::string> generated_columns(const spec& all) {
    std::vector<std::string> out;
    for (const entity_column& column : entity_columns()) out.emplace_back(column.name);
    if (!all.tenant.singular.value.empty()) out.push_back(all.tenant.singular.value + "_id");
    return out;
}

void check_names(reading& in, const spec& all) {
    check_service(in, all);
    check_tenant(in, all);
    const std::vector<std::string> generated = generated_columns(all);
    taken_names tables(in);
    taken_names classes(in);
    taken_names types(in);
    if (!all.tenant.singular.value.empty()) {
        const std::string& tenant = all.tenant.singular.value;
        for (const std::string& type : {tenant, "new_" + tenant, tenant + "_changes", tenant + "_list"})
            types.take(type, all.tenant.singular, "the type " + quoted(type));
    }
    for (const entity_spec& entity : all.entities) {
        if (entity.extends == extended_entity::none) {
            const std::string& given = entity.entity_name.value;
            if (classes.take(flattened(given), entity.entity_name, "the same name but for capitals")) {
                check_table(in, all, entity, tables);
                check_types(entity, types);
            }
        }
        check_columns(in, entity, generated);
    }
    check_former_names(in, all);
}

}  // namespace tenon::gen
