// A column's value follows from what the declaration compares it with.
#include "declared_rows.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <stdexcept>

#include "sample_product.hpp"

namespace tenon::test {
namespace {

constexpr std::string_view nil = "00000000-0000-0000-0000-000000000000";

std::string made_uuid(const std::string& of) {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    for (const char c : of) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    char out[37];
    std::snprintf(out, sizeof out, "%08x-%04x-4000-8000-%012x", static_cast<unsigned>(hash >> 32),
                  static_cast<unsigned>(hash >> 16 & 0xffff), static_cast<unsigned>(hash & 0xffff));
    return out;
}

std::string id_of(const char* kind, char letter) {
    return letter == whole_service ? std::string(nil) : made_uuid(kind + std::string(1, letter));
}

bool is_key(const feature::table& table, const declared_row& a, const declared_row& b) {
    return std::all_of(table.primary_key.begin(), table.primary_key.end(),
                       [&](std::string_view column) { return a.find(column)->second == b.find(column)->second; });
}

}  // namespace

std::string id_of_tenant(char letter) {
    return id_of("tenant ", letter);
}

std::string id_of_user(char letter) {
    return id_of("user ", letter);
}

std::string sql_name(std::string_view declared) {
    const auto& words = sample_product().tenant;
    if (declared == feature::tenants_table) declared = words.table;
    if (declared == feature::tenant_column) declared = words.column;
    return '"' + std::string(declared) + '"';
}

std::vector<feature::table> declared_tables() {
    std::vector<feature::table> out;
    for (const feature::declaration& each : feature::all_features())
        out.insert(out.end(), each.tables.begin(), each.tables.end());
    return out;
}

declared_rows::declared_rows(std::vector<feature::table> tables, const std::vector<owners>& all)
    : tables_(std::move(tables)) {
    for (const feature::table& table : tables_) {
        auto& mine = rows_[std::string(table.name)];
        for (const owners& whose : all) {
            const auto row = make(table, whose);
            const auto same = [&](const declared_row& other) { return is_key(table, *row, other); };
            if (row && std::none_of(mine.begin(), mine.end(), same)) mine.push_back(*row);
        }
    }
}

const feature::table& declared_rows::named(std::string_view name) const {
    for (const feature::table& each : tables_) {
        if (each.name == name) return each;
    }
    throw std::runtime_error("nobody declares the table " + std::string(name));
}

declared_rows::origin declared_rows::origin_of(const feature::table& table, std::string_view column) {
    if (column == feature::tenant_column) return {meaning::tenant};
    for (const feature::access& each : table.accesses) {
        if (each.column != column || !each.through.table.empty()) continue;
        return {each.who == feature::viewer::tenant ? meaning::tenant : meaning::user};
    }
    for (const feature::reference& each : table.references) {
        if (each.column == column) return {meaning::row_elsewhere, each.table, "id"};
    }
    for (const feature::access& each : table.accesses) {
        if (!each.through.table.empty() && each.through.own == column)
            return {meaning::row_elsewhere, each.through.table, each.through.theirs};
    }
    return {};
}

std::optional<std::string> declared_rows::value(const feature::table& table, const feature::column& column,
                                                owners whose, int number) const {
    const origin from = origin_of(table, column.name);
    const std::string mark = std::string(table.name) + "." + std::string(column.name) + " of " + whose.tenant +
                             whose.user + " " + std::to_string(number);
    switch (from.what) {
        case meaning::tenant:
            if (whose.tenant == nobody) return std::nullopt;
            return id_of_tenant(whose.tenant);
        case meaning::user:
            if (whose.user == nobody) return std::nullopt;
            return id_of_user(whose.user);
        case meaning::row_elsewhere: {
            const auto there = make(named(from.table), whose);
            if (!there || !there->contains(from.column)) return std::nullopt;
            return there->find(from.column)->second;
        }
        case meaning::none:
            break;
    }
    switch (column.type) {
        case feature::column_type::uuid:
            return made_uuid(mark);
        case feature::column_type::integer:
            return "1";
        case feature::column_type::instant:
            return "2026-01-31 12:00:00+00";
        case feature::column_type::text:
            break;
    }
    return mark;
}

std::optional<declared_row> declared_rows::make(const feature::table& table, owners whose, int number) const {
    // The nil id is no tenant's, so nothing can refer to it as one.
    const auto to_tenants = [](const feature::reference& each) { return each.table == feature::tenants_table; };
    const bool of_real_tenants = table.name == feature::tenants_table ||
                                 std::any_of(table.references.begin(), table.references.end(), to_tenants);
    if (whose.tenant == whole_service && of_real_tenants) return std::nullopt;
    declared_row out;
    for (const feature::column& column : table.columns) {
        const auto text = value(table, column, whose, number);
        if (text) out[std::string(column.name)] = *text;
        if (!text && !column.nullable) return std::nullopt;
    }
    return out;
}

std::vector<std::string_view> declared_rows::belonging(const feature::table& table) const {
    std::vector<std::string_view> out;
    for (const feature::column& column : table.columns) {
        if (origin_of(table, column.name).what != meaning::none) out.push_back(column.name);
    }
    return out;
}

std::string declared_rows::insert(const feature::table& table, const declared_row& row) const {
    std::string names, texts;
    for (const auto& [name, text] : row) {
        names += (names.empty() ? "" : ", ") + sql_name(name);
        texts += (texts.empty() ? "'" : ", '") + text + "'";
    }
    return "INSERT INTO " + sql_name(table.name) + " (" + names + ") VALUES (" + texts + ")";
}

std::string declared_rows::insert_all() const {
    std::string out;
    for (const feature::table& table : tables_) {
        for (const declared_row& row : of(table.name)) out += insert(table, row) + ";\n";
    }
    return out;
}

std::string declared_rows::where(const feature::table& table, const declared_row& row) {
    std::string out;
    for (const std::string_view column : table.primary_key)
        out += (out.empty() ? " WHERE " : " AND ") + sql_name(column) + " = '" + row.find(column)->second + "'";
    return out;
}

}  // namespace tenon::test
