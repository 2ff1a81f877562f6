// What features declare, under a product's names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/feature.hpp"

namespace tenon::gen {

/// What a product calls its tenants.
struct tenant_words {
    std::string table;   ///< "workspaces"
    std::string column;  ///< "workspace_id"
};

/// `declared`, or the product's word where it stands for one.
std::string word_of_product(std::string_view declared, const tenant_words& tenant);

/// `text` with what a product calls one of its tenants where it has `feature::tenant_noun`.
std::string with_tenant(std::string_view text, std::string_view tenant);

/// Names of the tables that every product has: those of its features, and of the migrations.
std::vector<std::string> built_in_table_names(const tenant_words& tenant);

/// Whether the API has an operation, or a schema, that a feature calls so.
bool is_declared_operation(std::string_view name);
bool is_declared_schema(std::string_view name);

/// "auth" of "/v1/auth/login": routes of entities begin otherwise.
std::vector<std::string> declared_path_roots();

}  // namespace tenon::gen
