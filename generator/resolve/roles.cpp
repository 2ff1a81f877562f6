// Roles with what they inherit, and the permission matrix.
#include <algorithm>
#include <optional>

#include "generator/features/declared_names.hpp"
#include "generator/resolve/declared_rules.hpp"
#include "generator/resolve/parts.hpp"

namespace tenon::gen {

namespace {

std::optional<std::size_t> role_named(const model& all, const std::string& name) {
    for (std::size_t i = 0; i < all.roles.size(); ++i) {
        if (all.roles[i].name == name) return i;
    }
    return std::nullopt;
}

bool includes(const role_model& role, std::size_t other) {
    return std::binary_search(role.includes.begin(), role.includes.end(), other);
}

/// This role and all it inherits from, ascending. Ends on cycles too, though the reader refuses them.
std::vector<std::size_t> closure(std::size_t start, const std::vector<std::vector<std::size_t>>& parents) {
    std::vector<bool> seen(parents.size(), false);
    std::vector<std::size_t> pending{start};
    while (!pending.empty()) {
        const std::size_t at = pending.back();
        pending.pop_back();
        if (seen[at]) continue;
        seen[at] = true;
        pending.insert(pending.end(), parents[at].begin(), parents[at].end());
    }
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i]) out.push_back(i);
    }
    return out;
}

using row = std::vector<decision>;

row everyone(const model& all) {
    return row(all.roles.size(), decision::allowed);
}

/// The roles that include one of `named`.
row those_with(const model& all, const std::vector<std::size_t>& named) {
    row out(all.roles.size(), decision::denied);
    for (std::size_t role = 0; role < all.roles.size(); ++role) {
        const bool allowed = std::any_of(named.begin(), named.end(),
                                         [&](std::size_t other) { return includes(all.roles[role], other); });
        if (allowed) out[role] = decision::allowed;
    }
    return out;
}

row by_rule(const model& all, const access_rule& rule, decision for_creator) {
    std::vector<std::size_t> named;
    for (const name& role : rule.roles) {
        if (const auto found = role_named(all, role.value)) named.push_back(*found);
    }
    row out = those_with(all, named);
    if (rule.creator) std::replace(out.begin(), out.end(), decision::denied, for_creator);
    return out;
}

/// The founder's role may do what the others do for its tenant, whatever the spec says.
row managers(const model& all, const access_rule& rule) {
    row out = by_rule(all, rule, decision::denied);
    out[all.owner_role] = decision::allowed;
    return out;
}

/// Adds permissions under names that are free.
class permission_list {
  public:
    explicit permission_list(model& all) : all_(all) {}

    std::size_t add(const std::string& noun, const char* verb, std::string description, row by_role,
                    source_range at = {}) {
        permission_model one;
        one.enumerator = enumerators_.take(cpp_identifier(noun + "_" + verb));
        one.label = labels_.take(noun + ":" + verb);
        one.description = std::move(description);
        one.by_role = std::move(by_role);
        one.at = at;
        all_.permissions.push_back(std::move(one));
        return all_.permissions.size() - 1;
    }

  private:
    model& all_;
    unique_names enumerators_;
    unique_names labels_;
};

void add_declared(const feature::permission& declared, const members_spec& members, model& all, permission_list& list) {
    const std::string_view noun = declared.name.substr(0, declared.name.find(':'));
    const std::string verb(declared.name.substr(noun.size() + 1));
    const access_rule* const rule = rule_of(members, declared.whose);
    const std::string meaning = with_tenant(declared.meaning, all.tenant.name.lower_title);
    all.declared_permissions[std::string(declared.name)] =
        list.add(with_tenant(noun, all.tenant.name.snake), verb.c_str(), meaning,
                 rule != nullptr ? managers(all, *rule) : everyone(all));
}

void add_purge(const access_rule& rule, model& all, entity_model& entity, permission_list& list) {
    const std::string what = "Delete " + entity.name.article + " " + entity.name.lower_title + " of the bin for good";
    entity.purge = list.add(entity.name.snake, "purge", what, by_rule(all, rule, decision::own), rule.at);
}

void add_entity(const access_spec& access, model& all, entity_model& entity, permission_list& list) {
    const names& n = entity.name;
    const std::string one = n.article + " " + n.lower_title;
    const row founder = those_with(all, {all.owner_role});
    const row read = access.read ? by_rule(all, *access.read, decision::own) : founder;
    const row create = access.create ? by_rule(all, *access.create, decision::allowed) : founder;
    const row update = access.update ? by_rule(all, *access.update, decision::own) : founder;
    const row remove = access.remove ? by_rule(all, *access.remove, decision::own) : founder;
    const auto place = [&](const std::optional<access_rule>& rule) { return rule ? rule->at : entity.at; };
    entity.read = list.add(n.snake, "read", "See " + one, read, place(access.read));
    entity.create = list.add(n.snake, "create", "Create " + one, create, place(access.create));
    entity.update = list.add(n.snake, "update", "Change " + one, update, place(access.update));
    entity.remove = list.add(n.snake, "delete", "Delete " + one, remove, place(access.remove));
}

}  // namespace

void resolve_roles(const spec& source, model& out) {
    const std::vector<role_spec>& roles = source.roles;
    unique_names enumerators;
    for (const role_spec& role : roles) {
        role_model one;
        one.name = role.role_name.value;
        one.enumerator = enumerators.take(cpp_identifier(one.name));
        one.description = role.description;
        one.at = role.role_name.at;
        out.roles.push_back(std::move(one));
    }
    std::vector<std::vector<std::size_t>> parents(roles.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
        for (const name& parent : roles[i].inherits) {
            if (const auto found = role_named(out, parent.value)) parents[i].push_back(*found);
        }
    }
    for (std::size_t i = 0; i < roles.size(); ++i) out.roles[i].includes = closure(i, parents);
    out.owner_role = role_named(out, source.members.founder.value).value_or(out.owner_role);
    out.default_role = role_named(out, source.members.newcomer.value).value_or(out.default_role);
}

void resolve_permissions(const spec& source, model& out) {
    permission_list list(out);
    for (const feature::declaration& each : out.features) {
        for (const feature::permission& one : each.permissions) add_declared(one, source.members, out, list);
    }
    std::size_t at = 0;
    for (const entity_spec& entity : source.entities) {
        if (entity.extends != extended_entity::none) continue;
        add_entity(entity.access, out, out.entities[at], list);
        if (entity.purge) add_purge(*entity.purge, out, out.entities[at], list);
        ++at;
    }
}

}  // namespace tenon::gen
