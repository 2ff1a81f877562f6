// Who may grant which role.
#include "tenants/membership_rules.hpp"

#include <gtest/gtest.h>

namespace tenon::tenants {
namespace {

enum role : std::uint16_t { owner, admin, auditor };

// The auditor stands beside the others: no role inherits it.
constexpr std::string_view names[] = {"owner", "admin", "auditor"};
constexpr std::uint64_t included[] = {0b011, 0b010, 0b100};

access::policy beside() {
    access::policy out;
    out.roles = names;
    out.at_least = included;
    out.owner_role = owner;
    out.default_role = auditor;
    return out;
}

TEST(membership_rules, owners_grant_every_role) {
    for (const std::uint16_t wanted : {owner, admin, auditor}) EXPECT_TRUE(require_within(beside(), owner, wanted));
}

TEST(membership_rules, others_grant_only_what_their_role_includes) {
    EXPECT_TRUE(require_within(beside(), admin, admin));
    for (const std::uint16_t wanted : {owner, auditor}) {
        const auto refused = require_within(beside(), admin, wanted);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, errc::forbidden);
        EXPECT_EQ(refused.error().kind, "role_above_own");
    }
    EXPECT_FALSE(require_within(beside(), auditor, admin));
}

}  // namespace
}  // namespace tenon::tenants
