// Names of tables and columns.
#include "generator/features/declared_names.hpp"

#include <set>

namespace tenon::gen {

std::string word_of_product(std::string_view declared, const tenant_words& tenant) {
    if (declared == feature::tenants_table) return tenant.table;
    if (declared == feature::tenant_column) return tenant.column;
    return std::string(declared);
}

std::string with_tenant(std::string_view text, std::string_view tenant) {
    std::string out(text);
    if (const auto at = out.find(feature::tenant_noun); at != std::string::npos)
        out.replace(at, feature::tenant_noun.size(), tenant);
    return out;
}

std::vector<std::string> built_in_table_names(const tenant_words& tenant) {
    std::vector<std::string> out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::table& table : each.tables) out.push_back(word_of_product(table.name, tenant));
    }
    out.emplace_back("schema_migrations");
    return out;
}

bool is_declared_operation(std::string_view name) {
    static const std::set<std::string_view> names = [] {
        std::set<std::string_view> out;
        for (const feature::declaration& each : feature::all_features()) {
            for (const feature::route& route : each.routes) out.insert(route.operation);
        }
        return out;
    }();
    return names.contains(name);
}

bool is_declared_schema(std::string_view name) {
    static const std::set<std::string_view> names = [] {
        std::set<std::string_view> out;
        for (const feature::declaration& each : feature::all_features())
            out.insert(each.schemas.begin(), each.schemas.end());
        return out;
    }();
    return names.contains(name);
}

std::vector<std::string> declared_path_roots() {
    constexpr std::string_view version = "/v1/";
    std::set<std::string> out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::route& route : each.routes) {
            if (!route.path.starts_with(version)) continue;
            const std::string_view rest = route.path.substr(version.size());
            out.emplace(rest.substr(0, rest.find('/')));
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace tenon::gen
