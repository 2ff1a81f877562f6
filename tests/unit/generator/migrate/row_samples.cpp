// One value of each type, for the n-th row.
#include "tests/unit/generator/migrate/row_samples.hpp"

#include <algorithm>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/sql_text.hpp"

namespace tenon::gen::sample {

namespace {

constexpr int tenants = 2;
constexpr int rows = 3;
const std::string user_id = "00000000-0000-7000-8000-000000000001";

std::string two_digits(std::size_t number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
}

std::string tenant_id(int tenant) {
    return "00000000-0000-7000-8000-0000000000a" + std::to_string(tenant);
}

/// Ids sort by table, tenant and row.
std::string row_id(std::size_t table, int tenant, int row) {
    return "100000" + two_digits(table) + "-0000-7000-8000-0000000000" + std::to_string(tenant) + std::to_string(row);
}

std::string text_value(const schema_table& table, const schema_column& column, int row) {
    if (column.format == "email") return std::to_string(row) + "@example.com";
    if (column.format == "url") return "https://example.com/" + std::to_string(row);
    const schema_check* check = check_on(table.checks, column.name);
    if (check != nullptr && !check->values.empty())
        return check->values[static_cast<std::size_t>(row) % check->values.size()];
    if (column.name.ends_with("_currency")) return "USD";
    const std::int64_t most = check != nullptr ? check->max_length : 20;
    std::string out = std::to_string(row);
    for (std::int64_t length = 1; length < std::min<std::int64_t>(most, 5); ++length) out += "\xC3\xBC";
    return out;
}

std::string decimal_value(const schema_column& column, int row, dialect of) {
    const std::int64_t units = std::int64_t{10} * row - 7;
    if (of == dialect::sqlite) return std::to_string(units);
    std::string text = std::to_string(units < 0 ? -units : units);
    while (static_cast<int>(text.size()) <= column.scale) text.insert(text.begin(), '0');
    if (column.scale > 0) text.insert(text.size() - static_cast<std::size_t>(column.scale), ".");
    return (units < 0 ? "-" : "") + text;
}

std::string instant_value(int row, dialect of) {
    if (of == dialect::sqlite) return std::to_string(1'769'853'600'250'000 + row * 1'000'000);
    return "'2026-01-31T10:00:0" + std::to_string(row) + ".25Z'";
}

std::string plain_value(const schema_table& table, const schema_column& column, int row, dialect of) {
    switch (column.type) {
        case sql_type::uuid:
            return quoted_text("5000000" + std::to_string(row) + "-0000-7000-8000-000000000000");
        case sql_type::text:
            return quoted_text(text_value(table, column, row));
        case sql_type::integer:
            return std::to_string(row * 21 - 7);
        case sql_type::real:
            return std::to_string(row) + ".5";
        case sql_type::boolean:
            return of == dialect::sqlite ? std::to_string(row % 2) : (row % 2 == 1 ? "true" : "false");
        case sql_type::instant:
            return instant_value(row, of);
        case sql_type::date:
            return "'2026-02-0" + std::to_string(row + 1) + "'";
        case sql_type::duration:
            return std::to_string(row * 5'400'000'000 + 250'000);
        case sql_type::time:
            return "'09:30:0" + std::to_string(row) + ".25'";
        case sql_type::decimal:
            return decimal_value(column, row, of);
        case sql_type::json:
            return column.items.empty() ? "'{\"a\": [" + std::to_string(row) + ", \"\xC3\xBC\"]}'" : "'[]'";
    }
    return "NULL";
}

class inserting {
  public:
    inserting(const schema& all, dialect of) : all_(all), dialect_(of) {
        for (std::size_t i = 0; i < all.tables.size(); ++i) places_.emplace(all.tables[i].name, i);
    }

    std::string run() {
        const std::string then = instant_value(0, dialect_);
        std::string out = "INSERT INTO users (id, email, name, password_hash, created_at, updated_at) VALUES ('" +
                          user_id + "', 'u@example.com', 'U', 'x', " + then + ", " + then + ");\n";
        for (int tenant = 0; tenant < tenants; ++tenant)
            out += "INSERT INTO " + quoted_name(tenant_table_of(all_)) +
                   " (id, name, created_at, updated_at) VALUES ('" + tenant_id(tenant) + "', 'T', " + then + ", " +
                   then + ");\n";
        for (const schema_table& table : all_.tables) {
            if (!is_an_entitys(table)) continue;
            for (int tenant = 0; tenant < tenants; ++tenant) {
                for (int row = 0; row < rows; ++row) out += insert(table, tenant, row);
            }
        }
        return out;
    }

  private:
    std::string insert(const schema_table& table, int tenant, int row) const {
        std::vector<std::string> columns;
        std::string values;
        for (const schema_column& column : table.columns) {
            columns.push_back(column.name);
            values += (values.empty() ? "" : ", ") + value(table, column, tenant, row);
        }
        return "INSERT INTO " + quoted_name(table.name) + " (" + quoted_names(columns) + ") VALUES (" + values + ");\n";
    }

    std::string value(const schema_table& table, const schema_column& column, int tenant, int row) const {
        if (column.name == "id") return quoted_text(row_id(places_.at(table.name), tenant, row));
        if (column.name == table.tenant_column) return quoted_text(tenant_id(tenant));
        if (column.nullable && row == rows - 1) return "NULL";
        for (const schema_foreign_key& key : table.foreign_keys) {
            if (key.columns.back() != column.name) continue;
            return quoted_text(key.table == "users" ? user_id : row_id(places_.at(key.table), tenant, row));
        }
        return plain_value(table, column, row, dialect_);
    }

    const schema& all_;
    const dialect dialect_;
    std::map<std::string, std::size_t> places_;
};

}  // namespace

std::string insert_rows(const schema& all, dialect of) {
    return inserting(all, of).run();
}

std::map<std::string, std::string> values_of(const schema& all,
                                             const std::function<std::string(const std::string&)>& ask) {
    std::map<std::string, std::string> out;
    for (const schema_table& table : all.tables) {
        if (!is_an_entitys(table)) continue;
        for (const schema_column& column : table.columns) {
            const std::string known = column.field.empty() ? column.name : column.field;
            out[table.entity + "." + known] = ask("SELECT CAST(" + quoted_name(column.name) + " AS text) FROM " +
                                                  quoted_name(table.name) + " ORDER BY id");
        }
    }
    return out;
}

}  // namespace tenon::gen::sample
