// Follows the inheritance of roles and the roles named in access rules.
#include <algorithm>
#include <map>

#include "generator/read/checks.hpp"
#include "generator/read/role_graph.hpp"

namespace tenon::gen {

namespace {

/// Walks from each role to those it inherits; one that is met again on the way closes a circle. Iterative: chains may
/// be as long as there are roles.
class role_walk {
  public:
    role_walk(reading& in, const spec& all) : in_(in) {
        for (const role_spec& role : all.roles) roles_.emplace(role.role_name.value, &role);
    }

    void walk(const role_spec& start) {
        if (!enter(start)) return;
        while (!way_.empty()) {
            step& last = way_.back();
            if (last.next == last.role->inherits.size()) {
                state_[last.role->role_name.value] = done;
                way_.pop_back();
                continue;
            }
            const name& parent = last.role->inherits[last.next++];
            const auto found = roles_.find(parent.value);
            if (found == roles_.end()) continue;
            if (state_[parent.value] == walking)
                report(parent);
            else
                enter(*found->second);
        }
    }

  private:
    enum mark { fresh, walking, done };
    struct step {
        const role_spec* role;
        std::size_t next = 0;
    };

    bool enter(const role_spec& role) {
        mark& state = state_[role.role_name.value];
        if (state != fresh) return false;
        state = walking;
        way_.push_back({&role});
        return true;
    }

    /// `closing` is the name that leads back into the way.
    void report(const name& closing) {
        std::string circle;
        bool within = false;
        for (const step& one : way_) {
            within = within || one.role->role_name.value == closing.value;
            if (within) circle += one.role->role_name.value + " → ";
        }
        const bool itself = way_.back().role->role_name.value == closing.value;
        in_.out.report(code::role_cycle, closing.at, "role " + quoted(closing.value) + " inherits itself",
                       itself ? "take it out of its own 'inherits'" : circle + closing.value);
    }

    reading& in_;
    std::map<std::string, const role_spec*> roles_;
    std::map<std::string, mark> state_;
    std::vector<step> way_;
};

void check_rule(reading& in, const spec& all, const std::optional<access_rule>& rule) {
    if (rule) check_role_list(in, all, rule->roles);
}

void check_access(reading& in, const spec& all, const access_spec& access) {
    check_rule(in, all, access.read);
    check_rule(in, all, access.create);
    check_rule(in, all, access.update);
    check_rule(in, all, access.remove);
}

/// A role added beside the others is easily taken for one that stands below or above them.
void warn_of_lone_roles(reading& in, const spec& all) {
    if (all.roles.size() > most_roles) return;  // refused
    const auto of_founder = rights_of(all.roles, all.members.founder.value);
    const auto of_newcomers = rights_of(all.roles, all.members.newcomer.value);
    const bool some_inherit =
        std::any_of(all.roles.begin(), all.roles.end(), [](const role_spec& role) { return !role.inherits.empty(); });
    if (all.roles.size() > 1 && all.members.founder.value == all.members.newcomer.value)
        in.warnings.report(code::lone_role, all.members.newcomer.at, "new members are founders",
                           "founders may give any role; let newcomers be another, if that is not meant");
    for (const role_spec& role : all.roles) {
        const std::string& called = role.role_name.value;
        if (some_inherit && role.inherits.empty() && !of_newcomers.contains(called))
            in.warnings.report(code::lone_role, role.role_name.at, "role " + quoted(called) + " inherits nothing",
                               "it may only do what access rules name it for, and only founders give it");
        else if (!of_founder.contains(called))
            in.warnings.report(code::lone_role, role.role_name.at,
                               "the founder's role has not the rights of role " + quoted(called),
                               rights_of(all.roles, called).contains(all.members.founder.value)
                                   ? "write founder: " + called + ", if that is meant"
                                   : "let " + quoted(all.members.founder.value) + " inherit it, if that is meant");
    }
}

void check_members(reading& in, const spec& all) {
    if (all.roles.empty()) return;  // the spec is no map at all
    check_role_list(in, all, all.members.manage.roles);
    check_role_list(in, all, all.members.settings.roles);
    check_role_list(in, all, {all.members.newcomer, all.members.founder});
}

}  // namespace

std::vector<std::string> role_names(const spec& all) {
    std::vector<std::string> out;
    for (const role_spec& role : all.roles) out.push_back(role.role_name.value);
    return out;
}

void check_role_list(reading& in, const spec& all, const std::vector<name>& roles) {
    for (const name& role : roles) {
        if (role.at.length > 0 && !in.roles.contains(role.value))
            report_unknown(in, code::unknown_role, role, "role", role_names(all));
    }
}

void check_roles(reading& in, const spec& all) {
    role_walk circles(in, all);
    for (const role_spec& role : all.roles) {
        check_role_list(in, all, role.inherits);
        circles.walk(role);
    }
    check_members(in, all);
    warn_of_lone_roles(in, all);
    check_access(in, all, all.access);
    for (const entity_spec& entity : all.entities) {
        check_access(in, all, entity.access);
        check_rule(in, all, entity.purge);
    }
}

}  // namespace tenon::gen
