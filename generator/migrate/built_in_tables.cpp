// Makes the tables that features declare.
#include "generator/migrate/built_in_tables.hpp"

#include <utility>

#include "generator/features/declared_names.hpp"
#include "generator/migrate/sql_text.hpp"

namespace tenon::gen {

schema_column plain_column(std::string name, sql_type type, bool nullable) {
    schema_column out;
    out.name = std::move(name);
    out.type = type;
    out.nullable = nullable;
    return out;
}

namespace {

sql_type type_of(feature::column_type type) {
    switch (type) {
        case feature::column_type::uuid:
            return sql_type::uuid;
        case feature::column_type::integer:
            return sql_type::integer;
        case feature::column_type::instant:
            return sql_type::instant;
        case feature::column_type::text:
            break;
    }
    return sql_type::text;
}

const char* word_of(feature::command command) {
    switch (command) {
        case feature::command::select:
            return "select";
        case feature::command::insert:
            return "insert";
        case feature::command::update:
            return "update";
        case feature::command::delete_:
            return "delete";
        case feature::command::every:
            break;
    }
    return "";
}

const char* word_of(feature::viewer who) {
    switch (who) {
        case feature::viewer::tenant:
            return "own_tenant";
        case feature::viewer::user:
        case feature::viewer::user_outside:
            return "own_user";
        case feature::viewer::service:
            return "service";
        case feature::viewer::owner:
            break;
    }
    return "owner";
}

std::string rule_of(feature::viewer who, const std::string& column) {
    switch (who) {
        case feature::viewer::tenant:
            return own_tenant_rule(column);
        case feature::viewer::user:
            return own_user_rule(column);
        case feature::viewer::user_outside:
            return own_user_outside_rule(column);
        case feature::viewer::service:
        case feature::viewer::owner:
            break;
    }
    return service_rule();
}

/// Makes one table.
class table_of_feature {
  public:
    table_of_feature(const tenant_model& tenant, const feature::table& declared)
        : tenant_(tenant), declared_(declared) {}

    schema_table make() {
        out_.name = named(declared_.name);
        out_.was = declared_.was;
        if (declared_.name == feature::tenants_table) out_.entity = tenant_mark;
        for (const feature::column& column : declared_.columns) add(column);
        for (const std::string_view column : declared_.primary_key) out_.primary_key.push_back(named(column));
        if (declared_.primary_key.front() == feature::tenant_column) out_.tenant_column = tenant_.column;
        for (const feature::reference& reference : declared_.references) add(reference);
        for (const feature::index& index : declared_.indexes) add(index);
        out_.row_security = true;
        if (feature::is_of_tenants(declared_))
            out_.policies = {{"rows", false, "true"}, {"own_tenant", true, own_tenant_rule(tenant_.column)}};
        for (const feature::access& access : declared_.accesses) add(access);
        return std::move(out_);
    }

  private:
    std::string named(std::string_view name) const { return word_of_product(name, {tenant_.table, tenant_.column}); }

    void add(const feature::column& declared) {
        schema_column column = plain_column(named(declared.name), type_of(declared.type), declared.nullable);
        column.was = declared.was;
        if (declared.name == feature::tenant_column) column.field = tenant_mark;
        if (declared.starts_at_one) column.initial = default_value{default_kind::integer, 1, 0, "", {}};
        out_.columns.push_back(std::move(column));
    }

    void add(const feature::reference& declared) {
        schema_foreign_key key;
        key.columns = {named(declared.column)};
        key.name = out_.name + "_" + key.columns.front() + "_fkey";
        key.table = named(declared.table);
        key.target_columns = {"id"};
        key.on_delete = on_delete_rule::cascade;
        out_.foreign_keys.push_back(std::move(key));
    }

    void add(const feature::index& declared) {
        schema_index index;
        index.name = out_.name;
        for (const std::string_view column : declared.columns) {
            index.columns.push_back(named(column));
            index.name += "_" + index.columns.back();
        }
        index.unique = declared.unique;
        index.name += index.unique ? "_key" : "_idx";
        out_.indexes.push_back(std::move(index));
    }

    /// What no policy permits is refused: a session that has not said whom it works for gets nothing.
    void add(const feature::access& declared) {
        for (const feature::command command : declared.commands) {
            schema_policy policy;
            policy.name = word_of(declared.who);
            policy.command = word_of(command);
            if (!policy.command.empty()) policy.name += "_" + policy.command;
            policy.rule = rule_of(declared.who, named(declared.column));
            policy.owner = declared.who == feature::viewer::owner;
            policy.reads = named(declared.through.table);
            if (!policy.reads.empty()) policy.rule = seen_through(declared.through, policy.rule);
            out_.policies.push_back(std::move(policy));
        }
    }

    std::string seen_through(const feature::way& way, const std::string& rule) const {
        return "EXISTS (SELECT FROM " + quoted_name(named(way.table)) + " WHERE " + quoted_name(named(way.theirs)) +
               " = " + quoted_name(named(way.own)) + " AND " + rule + ")";
    }

    const tenant_model& tenant_;
    const feature::table& declared_;
    schema_table out_;
};

}  // namespace

std::vector<schema_table> built_in_tables(const feature_list& features, const tenant_model& tenant) {
    std::vector<schema_table> out;
    // Behind those that they need, which is not the order of documents.
    for (const feature::declaration& known : feature::all_features()) {
        for (const feature::declaration& each : features) {
            if (each.name != known.name) continue;
            for (const feature::table& table : each.tables) out.push_back(table_of_feature(tenant, table).make());
        }
    }
    return out;
}

}  // namespace tenon::gen
