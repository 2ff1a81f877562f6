// Reads who may do what: rules of access, what entities leave out, and who manages members.
#include <algorithm>
#include <set>

#include "generator/read/former_rights.hpp"
#include "generator/read/parts.hpp"
#include "generator/read/role_graph.hpp"
#include "generator/read/standard_roles.hpp"

namespace tenon::gen {

namespace {

using rule_of = std::optional<access_rule> access_spec::*;

struct operation {
    std::string_view key;
    rule_of rule;
};

constexpr operation operations[] = {
    {"read", &access_spec::read},
    {"create", &access_spec::create},
    {"update", &access_spec::update},
    {"delete", &access_spec::remove},
};

const role_spec* role_of(const std::vector<role_spec>& roles, std::string_view wanted) {
    const auto found =
        std::find_if(roles.begin(), roles.end(), [&](const role_spec& one) { return one.role_name.value == wanted; });
    return found == roles.end() ? nullptr : &*found;
}

access_rule only(const std::string& role) {
    access_rule out;
    out.roles.push_back({role, {}});
    return out;
}

/// The role that one key of `members` names.
std::optional<name> read_role(reading& in, map_reader& keys, std::string_view key) {
    const yaml_node* given = keys.get(key);
    if (given == nullptr) return std::nullopt;
    return read_scalar(in, *given, "'" + std::string(key) + "' of members");
}

/// Roles alone: members have no creator, and somebody has to manage them.
access_rule read_managers(reading& in, map_reader& keys, std::string_view key, const std::string& founder) {
    const yaml_node* given = keys.get(key);
    if (given == nullptr) return only(founder);
    const std::string what = "'" + std::string(key) + "' of members";
    const bool is_empty = given->shape == node_shape::list && given->items.empty();
    access_rule out = is_empty ? access_rule{} : read_access_rule(in, *given, what);
    if (out.creator || out.roles.empty())
        in.out.report(code::bad_access, given->at, what + " has to name roles",
                      "write " + quoted(founder) + " if no other role may");
    return out;
}

}  // namespace

access_rule read_access_rule(reading& in, const yaml_node& node, const std::string& what) {
    access_rule out;
    out.at = node.at;
    bool nobody = false;
    for (name& word : read_words(in, node, what)) {
        if (word.value == "creator")
            out.creator = true;
        else if (word.value == "nobody")
            nobody = true;
        else
            out.roles.push_back(std::move(word));
    }
    if (nobody && (out.creator || !out.roles.empty()))
        in.out.report(code::bad_access, node.at, "'nobody' and others stand together in " + what, "take one out");
    if (!nobody && node.shape == node_shape::list && node.items.empty())
        in.out.report(code::bad_access, node.at, what + " names nobody", "write 'nobody' if that is meant");
    return out;
}

access_spec read_access(reading& in, const yaml_node& node, const std::string& where) {
    access_spec out;
    map_reader keys(in, node, "access", "'access' " + where);
    if (!keys.is_map()) return {access_rule{}, access_rule{}, access_rule{}, access_rule{}};  // said, though not well
    for (const operation& one : operations) {
        if (const yaml_node* given = keys.get(one.key))
            out.*one.rule = read_access_rule(in, *given, quoted(one.key) + " in 'access' " + where);
    }
    keys.finish();
    if (out.create && out.create->creator)
        in.out.report(code::bad_access, out.create->at, "nothing has a creator before it is created",
                      "name the roles that may create");
    return out;
}

void complete_access(reading& in, spec& all) {
    former_rights former(all.roles);
    if (all.members.newcomer.at.length > 0) former.newcomer = all.members.newcomer.value;
    for (entity_spec& entity : all.entities) {
        if (entity.extends != extended_entity::none) continue;
        const bool says_some = std::any_of(std::begin(operations), std::end(operations),
                                           [&](const operation& one) { return (entity.access.*one.rule).has_value(); });
        for (const operation& one : operations) {
            std::optional<access_rule>& rule = entity.access.*one.rule;
            if (!rule) rule = all.access.*one.rule;
        }
        const access_spec meant = former.access(entity.access.update);
        std::string missing, lines;
        for (const operation& one : operations) {
            std::optional<access_rule>& rule = entity.access.*one.rule;
            if (rule) continue;
            missing += (missing.empty() ? "" : ", ") + std::string(one.key);
            lines += (lines.empty() ? "" : ", ") + std::string(one.key) + ": " + text_of(*(meant.*one.rule));
            if (in.options.earlier) rule = meant.*one.rule;
        }
        if (missing.empty() || in.options.earlier) continue;
        in.out.report(code::unnamed_right, entity.at,
                      "nobody says who may " + missing + " records of entity " + quoted(entity.entity_name.value),
                      (says_some ? "add " + lines + " to its access" : "add access: {" + lines + "} to it") +
                          ", or to the spec's for all entities; fewer roles if they may less");
    }
}

members_spec read_members(reading& in, const yaml_node* node, const std::vector<role_spec>& roles, bool standard) {
    const former_rights former(roles);
    members_spec out;
    if (node == nullptr) {
        if (!standard && !in.options.earlier && roles.front().role_name.at.length > 0)
            in.out.report(code::unnamed_right, roles.front().role_name.at,
                          "nobody says who manages members, and what new ones are", "add " + former.members());
        out.manage = out.settings = only(former.admin);
        out.newcomer = {former.newcomer, {}};
        out.founder = {former.founder, {}};
        return out;
    }
    out.at = node->at;
    map_reader keys(in, *node, "members", "members");
    const bool needs_founder = role_of(roles, standard_founder) == nullptr;
    out.founder = read_role(in, keys, "founder").value_or(name{former.founder, {}});
    if (needs_founder && out.founder.at.length == 0)
        in.out.report(code::unnamed_right, node->at, "nobody says what becomes of whoever founds a tenant",
                      "add founder: " + former.founder);
    out.manage = read_managers(in, keys, "manage", out.founder.value);
    out.settings = read_managers(in, keys, "settings", out.founder.value);
    const auto newcomer =
        keys.need("new", "new: " + former.newcomer) != nullptr ? read_role(in, keys, "new") : std::nullopt;
    out.newcomer = newcomer.value_or(name{former.newcomer, {}});
    keys.finish();
    return out;
}

}  // namespace tenon::gen
