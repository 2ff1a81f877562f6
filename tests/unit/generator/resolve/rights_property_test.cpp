// Rights over random roles and rules: what is resolved is what the spec's own words say, and what is added to a spec
// gives nothing to anybody whom it does not name.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/histories/dice.hpp"

namespace tenon::gen {
namespace {

using words = std::set<std::string>;

/// A spec in the test's own words.
struct written {
    std::vector<std::pair<std::string, words>> roles;           ///< With those that they inherit.
    std::map<std::string, words> members;                       ///< manage, settings, new, founder
    std::map<std::string, words> common;                        ///< `access:` of the spec
    std::map<std::string, std::map<std::string, words>> rules;  ///< By entity and operation.
};

const std::vector<std::string> operations{"read", "create", "update", "delete"};

std::string list_of(const words& all) {
    std::string out;
    for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
    return "[" + out + "]";
}

std::string map_of(const std::map<std::string, words>& all) {
    std::string out;
    for (const auto& [key, value] : all) {
        const bool single = key == "new" || key == "founder";
        out += (out.empty() ? "" : ", ") + key + ": " + (single ? *value.begin() : list_of(value));
    }
    return "{" + out + "}";
}

std::string text_of(const written& all) {
    std::string out = "tenon: 1\nservice: {name: shop}\ntenant: {name: workspace}\nroles:\n";
    for (const auto& [role, inherits] : all.roles) {
        out += "  " + role + ": " + (inherits.empty() ? "{}" : "{inherits: " + list_of(inherits) + "}") + "\n";
    }
    out += "members: " + map_of(all.members) + "\n";
    if (!all.common.empty()) out += "access: " + map_of(all.common) + "\n";
    out += "entities:\n";
    for (const auto& [entity, rules] : all.rules) {
        out += "  " + entity + ": {fields: {title: text}" + (rules.empty() ? "" : ", access: " + map_of(rules)) + "}\n";
    }
    return out;
}

words some(dice& chance, const std::vector<std::string>& of) {
    words out{chance.pick(of)};
    while (chance.one_in(3)) out.insert(chance.pick(of));
    return out;
}

std::vector<std::string> names_of(const written& all) {
    std::vector<std::string> out;
    for (const auto& role : all.roles) out.push_back(role.first);
    return out;
}

words random_rule(dice& chance, const std::vector<std::string>& roles, bool creator) {
    if (chance.one_in(8)) return {"nobody"};
    words out = some(chance, roles);
    if (creator && chance.one_in(3)) out.insert("creator");
    if (creator && chance.one_in(8)) out = {"creator"};
    return out;
}

std::map<std::string, words> random_rules(dice& chance, const std::vector<std::string>& roles) {
    std::map<std::string, words> out;
    for (const std::string& operation : operations) {
        out[operation] = random_rule(chance, roles, operation != "create");
    }
    return out;
}

written random_spec(dice& chance) {
    static const std::vector<std::string> pool{"owner", "admin", "member", "auditor", "viewer", "guest", "billing"};
    written out;
    std::vector<std::string> known;
    for (const std::string& role : pool) {
        if (chance.one_in(3) && !(known.empty() && role == "billing")) continue;
        words inherits;
        while (!known.empty() && chance.below(3) != 0) inherits.insert(chance.pick(known));
        out.roles.emplace_back(role, inherits);
        known.push_back(role);
    }
    for (std::size_t i = out.roles.size(); i > 1; --i) std::swap(out.roles[i - 1], out.roles[chance.below(i)]);
    out.members["new"] = {chance.pick(known)};
    if (chance.one_in(2) || std::find(known.begin(), known.end(), "owner") == known.end())
        out.members["founder"] = {chance.pick(known)};
    if (!chance.one_in(3)) out.members["manage"] = some(chance, known);
    if (!chance.one_in(3)) out.members["settings"] = some(chance, known);
    if (chance.one_in(2)) out.common = random_rules(chance, known);
    for (const char* entity : {"Note", "Plan", "Task"}) {
        auto rules = random_rules(chance, known);
        if (!out.common.empty()) std::erase_if(rules, [&](const auto&) { return chance.one_in(2); });
        out.rules[entity] = rules;
    }
    return out;
}

/// Whether a role has the rights of another: by asking its parents, over and over. Roles inherit in no circles.
bool has_rights_of(const written& all, const std::string& role, const std::string& other) {
    if (role == other) return true;
    for (const auto& [name, inherits] : all.roles) {
        if (name != role) continue;
        return std::any_of(inherits.begin(), inherits.end(),
                           [&](const std::string& parent) { return has_rights_of(all, parent, other); });
    }
    return false;
}

decision by_words(const written& all, const std::string& role, const words& rule) {
    for (const std::string& named : rule) {
        if (has_rights_of(all, role, named)) return decision::allowed;
    }
    return rule.contains("creator") ? decision::own : decision::denied;
}

std::string founder_of(const written& all) {
    const auto said = all.members.find("founder");
    return said == all.members.end() ? "owner" : *said->second.begin();
}

decision expected(const written& all, const std::string& role, const std::string& label) {
    const std::string noun = label.substr(0, label.find(':')), verb = label.substr(label.find(':') + 1);
    if (label == "workspace:read" || label == "member:read") return decision::allowed;
    if (noun == "workspace" || noun == "member") {
        if (role == founder_of(all)) return decision::allowed;
        const auto said = all.members.find(noun == "member" ? "manage" : "settings");
        return by_words(all, role, said == all.members.end() ? words{founder_of(all)} : said->second);
    }
    std::string entity = noun;
    entity[0] = static_cast<char>(entity[0] - 32);
    const auto& own = all.rules.at(entity);
    const auto said = own.find(verb);
    return by_words(all, role, said != own.end() ? said->second : all.common.at(verb));
}

std::string extent(decision d) {
    return d == decision::allowed ? "every record" : d == decision::own ? "own records" : "nothing";
}

using matrix = std::map<std::pair<std::string, std::string>, decision>;

/// By role and label; empty, with a failure, for what is no good spec.
matrix resolved(const written& all) {
    const std::string text = text_of(all);
    const auto read = read_spec({"spec.yaml", text});
    if (!read) {
        ADD_FAILURE() << text << print(read.error(), {"spec.yaml", text}, diagnostic_format::text);
        return {};
    }
    const model product = resolve(*read);
    EXPECT_EQ(product.roles[product.default_role].name, *all.members.at("new").begin()) << text;
    EXPECT_EQ(product.roles[product.owner_role].name, founder_of(all)) << text;
    matrix out;
    for (const permission_model& one : product.permissions) {
        for (std::size_t i = 0; i < product.roles.size(); ++i) {
            out[{product.roles[i].name, one.label}] = one.by_role[i];
        }
    }
    return out;
}

TEST(RandomRights, AreWhatTheSpecSays) {
    for (unsigned seed = 1; seed <= 2000 && !testing::Test::HasFailure(); ++seed) {
        dice chance(seed);
        const written all = random_spec(chance);
        for (const auto& [of, is] : resolved(all)) {
            const decision should = expected(all, of.first, of.second);
            EXPECT_EQ(extent(is), extent(should))
                << "seed " << seed << ": " << of.first << " may do " << of.second << "\n"
                << text_of(all);
        }
    }
}

/// Adds a role below, above or beside the others, or an entity, or a rule for all entities.
std::string add_something(written& all, dice& chance) {
    const auto known = names_of(all);
    switch (chance.below(3)) {
        case 0: {
            const words inherits = chance.one_in(2) ? words{} : some(chance, known);
            all.roles.insert(all.roles.begin() + static_cast<std::ptrdiff_t>(chance.below(all.roles.size() + 1)),
                             {chance.one_in(2) ? "added" : "admin_of_all", inherits});
            return "a role";
        }
        case 1:
            all.rules["Added"] = random_rules(chance, known);
            return "an entity";
        default:
            if (!all.common.empty()) all.rules["Other"] = {};
            if (all.common.empty()) all.common = random_rules(chance, known);
            return "what others do not say";
    }
}

TEST(RandomRights, AreNotWidenedByWhatIsAdded) {
    for (unsigned seed = 1; seed <= 2000 && !testing::Test::HasFailure(); ++seed) {
        dice chance(seed);
        written all = random_spec(chance);
        const matrix before = resolved(all);
        const std::string what = add_something(all, chance);
        const matrix after = resolved(all);
        for (const auto& [of, was] : before) {
            EXPECT_EQ(extent(after.at(of)), extent(was))
                << "seed " << seed << ": by " << what << " " << of.first << " got " << of.second << "\n"
                << text_of(all);
        }
        for (const auto& [of, is] : after) {
            if (before.contains(of)) continue;
            EXPECT_EQ(extent(is), extent(expected(all, of.first, of.second))) << "seed " << seed << "\n"
                                                                              << text_of(all);
        }
    }
}

}  // namespace
}  // namespace tenon::gen
