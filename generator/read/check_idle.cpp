// What a spec says and what can never act.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "generator/read/checks.hpp"
#include "generator/read/role_graph.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

/// Who has a right, as far as one role is concerned.
enum class share { none, own, all };

struct role_rights {
    const std::string& role;
    std::set<std::string_view> includes;

    share of(const std::optional<access_rule>& rule) const {
        if (!rule) return share::none;
        for (const name& one : rule->roles) {
            if (includes.contains(one.value)) return share::all;
        }
        return rule->creator ? share::own : share::none;
    }
};

/// Rights over records that the role may not see: every request is answered with 404, as if there were no record.
class dead_rights {
  public:
    dead_rights(reading& in, const spec& all) : in_(in) {
        for (const role_spec& role : all.roles)
            roles_.push_back({role.role_name.value, rights_of(all.roles, role.role_name.value)});
    }

    void warn(const entity_spec& entity) {
        std::map<std::string_view, std::string> dead;
        for (const role_rights& one : roles_) dead.emplace(one.role, names_of(entity, one));
        for (const role_rights& one : roles_) {
            const std::string& rights = dead.at(one.role);
            // Told of the role that it inherits them from.
            const bool inherited = std::any_of(one.includes.begin(), one.includes.end(), [&](std::string_view other) {
                return other != one.role && dead.at(other) == rights;
            });
            if (!rights.empty() && !inherited) report(entity, one, rights);
            if (rights.empty()) warn_of_unseen_bin(entity, one);
        }
    }

  private:
    /// "update, delete and restore": empty when the role can use what it has.
    static std::string names_of(const entity_spec& entity, const role_rights& one) {
        if (one.of(entity.access.read) != share::none) return {};
        const bool creates = one.of(entity.access.create) != share::none;
        const auto has = [&](const std::optional<access_rule>& rule) {
            const share found = one.of(rule);
            // What it has only as a creator means nothing to a role that creates nothing.
            return found == share::all || (found == share::own && creates);
        };
        std::vector<std::string> found;
        if (has(entity.access.update)) found.push_back("update");
        if (has(entity.access.remove)) found.push_back("delete");
        if (has(entity.access.remove) && entity.soft_delete) found.push_back("restore");
        if (has(entity.purge)) found.push_back("purge");
        return sentence_of(found);
    }

    void report(const entity_spec& entity, const role_rights& one, const std::string& rights) {
        const bool by_name = one.of(entity.access.update) == share::all || one.of(entity.access.remove) == share::all ||
                             one.of(entity.purge) == share::all;
        in_.warnings.report(code::dead_right, place_of(entity, one),
                            "role " + quoted(one.role) + " may " + rights + " records of entity " +
                                quoted(entity.entity_name.value) + " and not read them, so that it never can",
                            "add " + quoted(by_name ? one.role : "creator") + " to read, or take the rights away");
    }

    /// Whoever may delete sees the bin.
    void warn_of_unseen_bin(const entity_spec& entity, const role_rights& one) {
        const bool some_delete =
            entity.access.remove && (entity.access.remove->creator || !entity.access.remove->roles.empty());
        const bool unseen = one.of(entity.purge) == share::all && one.of(entity.access.remove) == share::none;
        // Where nobody deletes, nobody has forgotten this role.
        if (!unseen || !some_delete || !first_with_purge(entity, one)) return;
        in_.warnings.report(code::dead_right, entity.purge->at,
                            "role " + quoted(one.role) + " may purge records of entity " +
                                quoted(entity.entity_name.value) + " and cannot list its bin",
                            "whoever may delete sees the bin: add " + quoted(one.role) + " to delete");
    }

    /// False when a role that it inherits is told already.
    bool first_with_purge(const entity_spec& entity, const role_rights& one) const {
        return std::none_of(roles_.begin(), roles_.end(), [&](const role_rights& other) {
            return other.role != one.role && one.includes.contains(other.role) &&
                   other.of(entity.purge) == share::all && names_of(entity, other).empty();
        });
    }

    static source_range place_of(const entity_spec& entity, const role_rights& one) {
        for (const auto* rule : {&entity.access.update, &entity.access.remove, &entity.purge}) {
            if (one.of(*rule) == share::none) continue;
            for (const name& word : (*rule)->roles) {
                if (one.includes.contains(word.value) && word.at.length > 0) return word.at;
            }
            if ((*rule)->at.length > 0) return (*rule)->at;
        }
        return entity.entity_name.at;
    }

    reading& in_;
    std::vector<role_rights> roles_;
};

}  // namespace

void warn_of_idle(reading& in, const spec& all) {
    if (all.roles.size() > most_roles) return;  // refused
    dead_rights rights(in, all);
    for (const entity_spec& entity : all.entities) {
        if (entity.extends == extended_entity::none) rights.warn(entity);
        for (const field_spec& field : entity.fields) {
            if (!field.on_delete_at || field.type.target.value != "User") continue;
            in.warnings.report(
                code::idle_on_delete, *field.on_delete_at,
                "'on_delete' of field " + quoted(field.field_name.value) + " never acts: the service deletes no users",
                "leave it out; docs/deletion.md tells what becomes of it when a member leaves");
        }
    }
}

}  // namespace tenon::gen
