// Names of tables and columns.
#include "generator/features/declared_tables.hpp"

namespace tenon::gen {

std::string word_of_product(std::string_view declared, const tenant_words& tenant) {
    if (declared == feature::tenants_table) return tenant.table;
    if (declared == feature::tenant_column) return tenant.column;
    return std::string(declared);
}

std::vector<std::string> built_in_table_names(const tenant_words& tenant) {
    std::vector<std::string> out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::table& table : each.tables) out.push_back(word_of_product(table.name, tenant));
    }
    out.emplace_back("schema_migrations");
    return out;
}

}  // namespace tenon::gen
