// The ends of the roles decided, and the words of standard_roles.hpp.
#include "generator/read/former_rights.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "generator/read/role_graph.hpp"
#include "generator/read/standard_roles.hpp"

namespace tenon::gen {

namespace {

bool has_role(std::span<const role_spec> roles, std::string_view wanted) {
    return std::any_of(roles.begin(), roles.end(), [&](const role_spec& one) { return one.role_name.value == wanted; });
}

access_rule rule_of(const std::vector<std::string>& roles) {
    access_rule out;
    for (const std::string& role : roles) out.roles.push_back({role, {}});
    return out;
}

}  // namespace

former_rights::former_rights(std::span<const role_spec> roles)
    : roles_(roles.first(std::min(roles.size(), most_roles))) {
    std::set<std::string_view> inherited;
    for (const role_spec& role : roles_) {
        for (const name& parent : role.inherits) inherited.insert(parent.value);
    }
    founder = newcomer = roles_.front().role_name.value;
    bool has_founder = false;
    for (const role_spec& role : roles_) {
        const std::string& called = role.role_name.value;
        if (!has_founder && !inherited.contains(called)) founder = called;
        has_founder = has_founder || !inherited.contains(called);
    }
    // The lowest of those in a line: others stand apart, and may be meant to look only.
    std::size_t most = 0;
    for (const role_spec& role : roles_) {
        if (!role.inherits.empty()) continue;
        const auto has_it = [&](const role_spec& one) {
            return rights_of(roles_, one.role_name.value).contains(role.role_name.value);
        };
        const auto above = static_cast<std::size_t>(std::count_if(roles_.begin(), roles_.end(), has_it));
        if (above >= most) newcomer = role.role_name.value, most = above;
    }
    if (has_role(roles_, standard_founder)) founder = standard_founder;
    admin = has_role(roles_, standard_manager) ? std::string(standard_manager) : founder;
}

std::string former_rights::members() const {
    return "members: {manage: " + admin + ", settings: " + admin + ", new: " + newcomer +
           (founder == standard_founder ? "" : ", founder: " + founder) + "}";
}

access_spec former_rights::access(const std::optional<access_rule>& update) const {
    std::vector<std::string> everybody;
    for (const role_spec& role : roles_) {
        if (role.inherits.empty()) everybody.push_back(role.role_name.value);
    }
    const access_rule newcomers = rule_of({newcomer});
    std::set<std::string_view> named;
    for (const name& role : (update ? *update : newcomers).roles) named.insert(role.value);
    std::vector<std::string> all_deleting;
    for (const role_spec& role : roles_) {
        const std::string& called = role.role_name.value;
        if (called == newcomer && roles_.size() > 1) continue;
        const auto rights = rights_of(roles_, called);
        const auto is_named = [&](std::string_view one) { return named.contains(one); };
        if (std::any_of(rights.begin(), rights.end(), is_named)) all_deleting.push_back(called);
    }
    // Whoever has the rights of another that is named need not be.
    std::vector<std::string> deleting;
    for (const std::string& one : all_deleting) {
        const auto rights = rights_of(roles_, one);
        const auto is_below = [&](const std::string& other) { return other != one && rights.contains(other); };
        if (std::none_of(all_deleting.begin(), all_deleting.end(), is_below)) deleting.push_back(one);
    }
    return {rule_of(everybody), newcomers, newcomers, rule_of(deleting)};
}

std::string text_of(const access_rule& rule) {
    std::vector<std::string> words;
    for (const name& role : rule.roles) words.push_back(role.value);
    if (rule.creator) words.emplace_back("creator");
    if (words.empty()) return "nobody";
    if (words.size() == 1) return words.front();
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "[" : ", ") + word;
    return out + "]";
}

}  // namespace tenon::gen
