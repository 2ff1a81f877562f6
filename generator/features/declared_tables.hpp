// The tables that features declare, under a product's names.
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

/// Names of the tables that every product has: those of its features, and of the migrations.
std::vector<std::string> built_in_table_names(const tenant_words& tenant);

}  // namespace tenon::gen
