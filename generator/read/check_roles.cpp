// Follows the inheritance of roles and the roles named in access rules.
#include <algorithm>
#include <map>

#include "generator/read/checks.hpp"

namespace tenon::gen {

namespace {

using role_map = std::map<std::string, const role_spec*>;

/// The way from a role back to itself, or nothing.
bool find_circle(const role_map& roles, const std::string& start, const std::string& at,
                 std::vector<std::string>& way) {
    if (std::find(way.begin(), way.end(), at) != way.end()) return false;
    way.push_back(at);
    const auto found = roles.find(at);
    if (found != roles.end()) {
        for (const name& parent : found->second->inherits) {
            if (parent.value == start) return true;
            if (find_circle(roles, start, parent.value, way)) return true;
        }
    }
    return false;
}

std::string arrows(const std::vector<std::string>& way) {
    std::string out;
    for (const std::string& one : way) out += one + " → ";
    return out + way.front();
}

/// Each circle is reported once, at the first of its roles.
void check_circles(reading& in, const spec& all) {
    role_map roles;
    for (const role_spec& role : all.roles) roles.emplace(role.role_name.value, &role);
    std::set<std::string> reported;
    for (const role_spec& role : all.roles) {
        if (reported.contains(role.role_name.value)) continue;
        std::vector<std::string> way;
        if (!find_circle(roles, role.role_name.value, role.role_name.value, way)) continue;
        reported.insert(way.begin(), way.end());
        in.out.report(code::role_cycle, role.role_name.at, "role " + quoted(role.role_name.value) + " inherits itself",
                      way.size() > 1 ? arrows(way) : "take it out of its own 'inherits'");
    }
}

void check_rule(reading& in, const spec& all, const std::optional<access_rule>& rule) {
    if (rule) check_role_list(in, all, rule->roles);
}

}  // namespace

std::vector<std::string> role_names(const spec& all) {
    std::vector<std::string> out;
    for (const role_spec& role : all.roles) out.push_back(role.role_name.value);
    return out;
}

void check_role_list(reading& in, const spec& all, const std::vector<name>& roles) {
    const std::vector<std::string> known = role_names(all);
    for (const name& role : roles) {
        if (std::find(known.begin(), known.end(), role.value) == known.end())
            report_unknown(in, code::unknown_role, role, "role", known);
    }
}

void check_roles(reading& in, const spec& all) {
    for (const role_spec& role : all.roles) check_role_list(in, all, role.inherits);
    check_circles(in, all);
    for (const entity_spec& entity : all.entities) {
        check_rule(in, all, entity.access.read);
        check_rule(in, all, entity.access.create);
        check_rule(in, all, entity.access.update);
        check_rule(in, all, entity.access.remove);
    }
}

}  // namespace tenon::gen
