// Lets records follow one another.
#include "generator/migrate/record.hpp"

#include <algorithm>

namespace tenon::gen {

namespace {

void rename_tables(schema& all, const std::vector<renaming>& names) {
    const auto rename = [&](std::string& name) {
        const auto found = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.from == name; });
        if (found != names.end()) name = found->to;
    };
    for (schema_table& table : all.tables) {
        rename(table.name);
        for (schema_foreign_key& key : table.foreign_keys) rename(key.table);
    }
}

}  // namespace

void apply_record(schema& all, const migration_record& record) {
    if (!record.dropped.empty()) {
        std::erase_if(all.tables, [&](const schema_table& table) {
            return std::find(record.dropped.begin(), record.dropped.end(), table.name) != record.dropped.end();
        });
    }
    if (!record.renamed.empty()) rename_tables(all, record.renamed);
    // A history is long and a record short: no index over all tables is made for each.
    std::map<std::string_view, const schema_table*> fresh;
    for (const schema_table& table : record.tables) fresh.emplace(table.name, &table);
    if (!fresh.empty() && !all.tables.empty()) {
        for (schema_table& table : all.tables) {
            const auto found = fresh.find(table.name);
            if (found == fresh.end()) continue;
            table = *found->second;
            fresh.erase(found);
        }
    }
    for (const schema_table& table : record.tables) {
        if (fresh.contains(table.name)) all.tables.push_back(table);
    }
}

}  // namespace tenon::gen
