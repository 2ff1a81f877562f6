// Roles, inheritance and the permission matrix.
#include <gtest/gtest.h>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

/// One letter a role: A allowed, o own, - denied.
std::string row(const model& all, const std::string& label) {
    std::string out;
    for (const permission_model& one : all.permissions) {
        if (one.label != label) continue;
        for (const decision d : one.by_role) out += d == decision::allowed ? 'A' : d == decision::own ? 'o' : '-';
    }
    return out;
}

TEST(Roles, IncludeWhatTheyInheritInAnyOrder) {
    spec source = empty_spec();
    source.roles = {role("member"), role("owner", {"admin", "billing"}), role("billing"), role("admin", {"member"})};
    const model all = resolve(source);
    EXPECT_EQ(all.roles[1].includes, (std::vector<std::size_t>{0, 1, 2, 3}));
    EXPECT_EQ(all.roles[3].includes, (std::vector<std::size_t>{0, 3}));
    EXPECT_EQ(all.owner_role, 1u);
    EXPECT_EQ(all.default_role, 0u);
}

TEST(Roles, OfFoundersAndNewcomersAreThoseThatAreNamed) {
    spec source = empty_spec();
    source.roles = {role("boss", {"clerk"}), role("clerk"), role("watcher")};
    source.members.founder = word("boss");
    source.members.newcomer = word("clerk");
    const model all = resolve(source);
    EXPECT_EQ(all.owner_role, 0u);
    EXPECT_EQ(all.default_role, 1u) << "though another includes no more";
}

TEST(Roles, KeywordsGetValidEnumerators) {
    spec source = empty_spec();
    source.roles = {role("operator"), role("default")};
    const model all = resolve(source);
    EXPECT_EQ(all.roles[0].enumerator, "operator_");
    EXPECT_EQ(all.roles[1].name, "default");
    EXPECT_EQ(all.roles[1].enumerator, "default_");
}

TEST(Permissions, RulesReachTheRolesThatInherit) {
    spec source = empty_spec();
    source.entities = {entity("Draft", {field("title", string_type(1, 9))})};
    source.entities[0].access.read = rule({"member"});
    source.entities[0].access.update = rule({"admin"}, true);
    source.entities[0].access.remove = rule({}, false);
    const model all = resolve(source);  // owner, admin, member
    EXPECT_EQ(row(all, "draft:read"), "AAA");
    EXPECT_EQ(row(all, "draft:create"), "AAA");
    EXPECT_EQ(row(all, "draft:update"), "AAo");
    EXPECT_EQ(row(all, "draft:delete"), "---");
    EXPECT_EQ(all.permissions[all.entities[0].remove].enumerator, "draft_delete");
}

TEST(Permissions, LeftOutTheyAreTheFoundersAlone) {
    spec source = empty_spec();
    source.roles = {role("owner", {"editor"}), role("editor", {"viewer"}), role("guest", {"owner"}), role("viewer")};
    source.members = {rule({"owner"}), rule({"editor"}), word("viewer"), word("owner"), {}};
    source.entities = {entity("Note", {field("title", string_type(1, 9))})};
    source.entities[0].access = {};
    const model all = resolve(source);
    for (const char* verb : {"read", "create", "update", "delete"}) {
        EXPECT_EQ(row(all, std::string("note:") + verb), "A-A-") << verb;
    }
    EXPECT_EQ(row(all, "workspace:update"), "AAA-");
    EXPECT_EQ(row(all, "member:manage"), "A-A-");
    EXPECT_EQ(row(all, "member:read"), "AAAA");
    EXPECT_EQ(all.permissions[all.declared_permissions.at("member:manage")].label, "member:manage");
}

TEST(Permissions, FoundersManageWhoeverElseDoes) {
    spec source = empty_spec();
    source.roles = {role("owner"), role("manager"), role("member")};
    source.members.manage = rule({"manager"});
    source.members.settings = rule({"manager"});
    const model all = resolve(source);
    EXPECT_EQ(row(all, "member:manage"), "AA-");
    EXPECT_EQ(row(all, "workspace:update"), "AA-");
}

TEST(Permissions, CreatorMayCreateAlways) {
    spec source = empty_spec();
    source.entities = {entity("Note", {field("title", string_type(1, 9))})};
    source.entities[0].access.create = rule({"owner"}, true);
    source.entities[0].access.read = rule({"owner"}, true);
    const model all = resolve(source);
    EXPECT_EQ(row(all, "note:create"), "AAA");
    EXPECT_EQ(row(all, "note:read"), "Aoo");
}

TEST(Permissions, OfAnEntityCalledMemberKeepClearOfTheBuiltIn) {
    spec source = empty_spec();
    source.entities = {entity("Member", {field("title", string_type(1, 9))})};
    const model all = resolve(source);
    EXPECT_EQ(all.permissions[all.declared_permissions.at("member:read")].enumerator, "member_read");
    EXPECT_EQ(all.permissions[all.entities[0].read].enumerator, "member_read_2");
}

}  // namespace
}  // namespace tenon::gen
