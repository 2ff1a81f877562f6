// Selects features, and gathers what the selected ones declare.
#include "generator/features/chosen_features.hpp"

#include <algorithm>
#include <utility>

namespace tenon::gen {

feature_list features_with(const std::set<std::string, std::less<>>& on) {
    feature_list out;
    for (feature::declaration& each : feature::documented_features()) {
        if (!feature::can_be_off(each) || on.contains(each.name)) out.push_back(std::move(each));
    }
    return out;
}

feature_list features_without(const feature_list& chosen) {
    feature_list out;
    for (feature::declaration& each : feature::documented_features()) {
        if (!has_feature(chosen, each.name)) out.push_back(std::move(each));
    }
    return out;
}

bool has_feature(const feature_list& all, std::string_view name) {
    return std::any_of(all.begin(), all.end(), [name](const auto& each) { return each.name == name; });
}

std::vector<std::string> built_in_table_names(const feature_list& all, const tenant_words& tenant) {
    std::vector<std::string> out;
    for (const feature::declaration& each : all) {
        for (const feature::table& table : each.tables) out.push_back(word_of_product(table.name, tenant));
    }
    out.emplace_back("schema_migrations");
    return out;
}

std::set<std::string_view> declared_operations(const feature_list& all) {
    std::set<std::string_view> out;
    for (const feature::declaration& each : all) {
        for (const feature::route& route : each.routes) out.insert(route.operation);
    }
    return out;
}

std::set<std::string_view> declared_schemas(const feature_list& all) {
    std::set<std::string_view> out;
    for (const feature::declaration& each : all) out.insert(each.schemas.begin(), each.schemas.end());
    return out;
}

std::set<std::string, std::less<>> declared_path_roots(const feature_list& all) {
    constexpr std::string_view version = "/v1/";
    std::set<std::string, std::less<>> out;
    for (const feature::declaration& each : all) {
        for (const feature::route& route : each.routes) {
            if (!route.path.starts_with(version)) continue;
            const std::string_view rest = route.path.substr(version.size());
            out.emplace(rest.substr(0, rest.find('/')));
        }
    }
    return out;
}

}  // namespace tenon::gen
