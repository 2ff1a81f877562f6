// Roles that may, and those that may with their own records.
#include "generator/render/rights_text.hpp"

#include "generator/render/openapi_schema.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

std::string who_may(const model& product, std::size_t permission) {
    yaml_lines allowed, own;
    const auto& decisions = product.permissions[permission].by_role;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i] == decision::allowed) allowed.push_back("`" + product.roles[i].name + "`");
        if (decisions[i] == decision::own) own.push_back("`" + product.roles[i].name + "`");
    }
    if (allowed.empty() && own.empty()) return "No role may do this.";
    if (own.empty()) return "For the roles " + sentence_of(allowed) + ".";
    if (allowed.empty()) return "For the roles " + sentence_of(own) + ", on what they created themselves.";
    return "For the roles " + sentence_of(allowed) + "; for " + sentence_of(own) + " on what they created themselves.";
}

}  // namespace tenon::gen
