// The features that a product has: those that every product has, and those that its spec switches on.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feature.hpp"
#include "generator/features/declared_names.hpp"

namespace tenon::gen {

/// In the order of documents.
using feature_list = std::vector<feature::declaration>;

/// `on`: the names of those that the spec switches on.
feature_list features_with(const std::set<std::string, std::less<>>& on);

/// Those of Tenon's that are not among `chosen`.
feature_list features_without(const feature_list& chosen);

bool has_feature(const feature_list& all, std::string_view name);

/// Names of built-in tables: those of the features, and of the migrations.
std::vector<std::string> built_in_table_names(const feature_list& all, const tenant_words& tenant);
/// Operations and schemas of the API that have a name of their own in every product.
std::set<std::string_view> declared_operations(const feature_list& all);
std::set<std::string_view> declared_schemas(const feature_list& all);
/// "auth" of "/v1/auth/login": routes of entities begin otherwise.
std::set<std::string, std::less<>> declared_path_roots(const feature_list& all);

}  // namespace tenon::gen
