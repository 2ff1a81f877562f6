// Names that features declare, under a product's words.
#pragma once

#include <string>
#include <string_view>

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

}  // namespace tenon::gen
