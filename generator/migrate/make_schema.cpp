// Tables of the entities, in an order in which each comes behind those it refers to.
#include "generator/migrate/make_schema.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "generator/migrate/built_in_tables.hpp"
#include "generator/migrate/name_parts.hpp"
#include "generator/types/entity_columns.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

schema_column column_of(const column_model& source) {
    schema_column out = plain_column(source.name, row_of(source.kind).column, source.nullable);
    if (out.type == sql_type::decimal) out.precision = source.precision, out.scale = source.scale;
    out.initial = source.initial;
    if (!out.initial) return out;
    // Only what the value is, not how it was written: `0` and `0.00` are the same default.
    out.initial->at = {};
    const bool is_text = out.initial->kind == default_kind::string || out.initial->kind == default_kind::json;
    if (!is_text) out.initial->text.clear();
    return out;
}

/// Makes one entity's table; the names of its parts are wishes.
class table_maker {
  public:
    table_maker(const model& product, const entity_model& entity) : product_(product), entity_(entity) {}

    schema_table make() {
        table_.name = entity_.table;
        table_.tenant_column = product_.tenant.column;
        table_.entity = entity_.name.pascal;
        table_.row_security = true;
        table_.policies = {{"rows", false, "true"}, {"own_tenant", true, own_tenant_rule(product_.tenant.column)}};
        if (entity_.was) table_.was = entity_.was->pascal;
        table_.at = entity_.at;
        table_.primary_key = {product_.tenant.column, "id"};
        add_columns();
        add_key({product_.tenant.column}, product_.tenant.table, on_delete_rule::cascade, {"id"});
        for (const field_model& field : entity_.fields) add_rules(field);
        for (const entity_column& column : entity_columns()) {
            if (!column.refers_to.empty())
                add_key({std::string(column.name)}, std::string(column.refers_to), on_delete_rule::restrict_, {"id"});
        }
        for (const index_model& index : entity_.indexes) add_index(index);
        return std::move(table_);
    }

  private:
    void add_columns() {
        std::vector<schema_column>& all = table_.columns;
        all.push_back(made(entity_columns().front()));
        all.push_back(plain_column(product_.tenant.column, sql_type::uuid));
        all.back().field = tenant_mark;
        for (const field_model& field : entity_.fields) add_columns(field);
        for (const entity_column& column : columns_behind_fields()) {
            if (has(column)) all.push_back(made(column));
        }
        if (entity_.goes_along) table_.own_bin = entity_.soft_delete;
    }

    bool has(const entity_column& column) const {
        switch (column.owners) {
            case column_owners::with_bin:
                return entity_.has_bin();
            case column_owners::going_along:
                return entity_.goes_along;
            case column_owners::all:
                break;
        }
        return true;
    }

    static schema_column made(const entity_column& column) {
        schema_column out = plain_column(std::string(column.name), column.type, column.owners != column_owners::all);
        if (column.starts_at_one) out.initial = default_value{default_kind::integer, 1, 0, "", {}};
        return out;
    }

    void add_columns(const field_model& field) {
        for (std::size_t i = 0; i < field.columns.size(); ++i) {
            // A sum is not the number that it has in its first column.
            const bool sum = field.columns.size() > 1;
            const std::string part = sum ? (i == 0 ? ".amount" : ".currency") : "";
            schema_column column = column_of(field.columns[i]);
            column.field = field.name.snake + part;
            if (field.was) column.was = field.was->snake + part;
            const type_row& row = row_of(field.type.kind);
            if (row.is_text && row.fits != nullptr && !field.array) column.format = type_word(field.type.kind);
            if (field.array) column.items = type_word(field.type.kind);
            for (const enum_value_model& value : field.values) {
                if (!field.array) break;
                column.item_values.push_back(value.name);
                if (!value.was.empty()) column.item_values_were.emplace_back(value.name, value.was);
            }
            column.at = field.at;
            table_.columns.push_back(std::move(column));
        }
    }

    void add_key(std::vector<std::string> columns, const std::string& target, on_delete_rule rule,
                 std::vector<std::string> target_columns) {
        schema_foreign_key key;
        key.name = table_.name + "_" + columns.back() + "_fkey";
        key.columns = std::move(columns);
        key.table = target;
        key.target_columns = std::move(target_columns);
        key.on_delete = rule;
        table_.foreign_keys.push_back(std::move(key));
    }

    void add_check(const std::string& column, const char* suffix, std::vector<std::string> values,
                   std::int64_t max_length) {
        schema_check check;
        check.name = table_.name + "_" + column + suffix;
        check.column = column;
        check.values = std::move(values);
        check.max_length = max_length;
        table_.checks.push_back(std::move(check));
    }

    /// Keys and checks of one field. What arrays hold is checked by the program alone.
    void add_rules(const field_model& field) {
        const std::string& column = field.columns.front().name;
        if (field.type.kind == type_kind::reference && field.to_user)
            add_key({column}, "users", field.on_delete, {"id"});
        else if (field.target)
            add_key({product_.tenant.column, column}, product_.entities[*field.target].table, field.on_delete,
                    {product_.tenant.column, "id"});
        if (field.array) return;
        if (field.type.kind == type_kind::enumeration) {
            std::vector<std::string> values;
            for (const enum_value_model& value : field.values) values.push_back(value.name);
            add_check(column, "_values", std::move(values), 0);
            for (const enum_value_model& value : field.values) {
                if (!value.was.empty()) table_.checks.back().was.emplace_back(value.name, value.was);
            }
        }
        if (field.max_length) add_check(column, "_length", {}, *field.max_length);
        if (field.type.kind != type_kind::money) return;
        if (field.type.currency.empty())
            add_check(field.columns.back().name, "_length", {}, 3);
        else
            add_check(field.columns.back().name, "_values", {field.type.currency}, 0);
    }

    void add_index(const index_model& source) {
        schema_index index;
        index.name = table_.name;
        for (const std::string& column : source.columns) index.name += "_" + column;
        index.name += source.unique ? "_key" : "_idx";
        index.columns = {product_.tenant.column};
        index.columns.insert(index.columns.end(), source.columns.begin(), source.columns.end());
        index.unique = source.unique;
        index.live_only = source.live_only;
        index.bin_only = source.bin_only;
        table_.indexes.push_back(std::move(index));
    }

    const model& product_;
    const entity_model& entity_;
    schema_table table_;
};

/// Depth first: what a table refers to is put down before it. Cycles are broken where they were entered.
class orderer {
  public:
    explicit orderer(std::vector<schema_table> tables) : tables_(std::move(tables)), seen_(tables_.size(), false) {
        for (std::size_t i = 0; i < tables_.size(); ++i) position_.emplace(tables_[i].name, i);
    }

    std::vector<schema_table> run() {
        for (std::size_t i = 0; i < tables_.size(); ++i) visit(i);
        std::vector<schema_table> out;
        for (const std::size_t i : order_) out.push_back(std::move(tables_[i]));
        return out;
    }

  private:
    /// Iterative, so that a long chain of references cannot exhaust the stack.
    void visit(std::size_t root) {
        if (seen_[root]) return;
        seen_[root] = true;
        std::vector<std::pair<std::size_t, std::size_t>> path{{root, 0}};
        while (!path.empty()) {
            auto& [table, next] = path.back();
            const std::vector<schema_foreign_key>& keys = tables_[table].foreign_keys;
            if (next == keys.size()) {
                order_.push_back(table);
                path.pop_back();
                continue;
            }
            const std::size_t target = position_.at(keys[next++].table);
            if (!seen_[target]) {
                seen_[target] = true;
                path.emplace_back(target, 0);
            }
        }
    }

    std::vector<schema_table> tables_;
    std::map<std::string, std::size_t> position_;
    std::vector<bool> seen_;
    std::vector<std::size_t> order_;
};

bool is_built_in_of(const schema& all, const std::string& name) {
    return std::any_of(all.tables.begin(), all.tables.end(),
                       [&](const schema_table& one) { return one.entity.empty() && one.name == name; });
}

}  // namespace

std::vector<schema_table> kept_tables(const model& product, const schema& before, const meant_losses& allowed) {
    std::vector<schema_table> all = built_in_tables(features_without(product.features), product.tenant);
    std::set<std::string> kept;
    for (const schema_table& each : all) {
        const std::string& name = is_built_in_of(before, each.name) ? each.name : each.was;
        const bool is_there = !name.empty() && is_built_in_of(before, name);
        if (is_there && !allowed.names.contains("table:" + name)) kept.insert(each.name);
    }
    // What they refer to is in front of them, and comes along although the project never had it.
    for (auto each = all.rbegin(); each != all.rend(); ++each) {
        if (!kept.contains(each->name)) continue;
        for (const schema_foreign_key& key : each->foreign_keys) {
            if (!allowed.names.contains("table:" + key.table)) kept.insert(key.table);
        }
    }
    std::erase_if(all, [&](const schema_table& each) { return !kept.contains(each.name); });
    return all;
}

schema make_schema(const model& product, const schema& before, std::vector<schema_table> kept) {
    std::vector<schema_table> tables = built_in_tables(product.features, product.tenant);
    for (schema_table& each : kept) tables.push_back(std::move(each));
    for (const entity_model& entity : product.entities) tables.push_back(table_maker(product, entity).make());
    schema out;
    out.tables = orderer(std::move(tables)).run();
    name_parts(out, before);
    return out;
}

}  // namespace tenon::gen
