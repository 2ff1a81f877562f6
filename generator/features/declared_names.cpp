// Puts a product's words for its tenants in.
#include "generator/features/declared_names.hpp"

#include "feature/permissions.hpp"
#include "feature/tables.hpp"

namespace tenon::gen {

std::string word_of_product(std::string_view declared, const tenant_words& tenant) {
    if (declared == feature::tenants_table) return tenant.table;
    if (declared == feature::tenant_column) return tenant.column;
    return std::string(declared);
}

std::string with_tenant(std::string_view text, std::string_view tenant) {
    std::string out(text);
    for (auto at = out.find(feature::tenant_noun); at != std::string::npos; at = out.find(feature::tenant_noun, at)) {
        out.replace(at, feature::tenant_noun.size(), tenant);
        at += tenant.size();
    }
    return out;
}

}  // namespace tenon::gen
