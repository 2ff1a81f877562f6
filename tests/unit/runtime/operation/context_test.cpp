// Rights of whoever asks, and what is kept of a change.
#include <gtest/gtest.h>

#include <tenon/operation/context.hpp>
#include <tenon/operation/keeper.hpp>

#include "crypto/digest.hpp"
#include "databases/open.hpp"
#include "limits/limiter_parts.hpp"
#include "loop_runner.hpp"
#include "operation/surroundings.hpp"
#include "temporary_folder.hpp"

namespace tenon::operation {
namespace {

enum class permission : std::uint16_t { read, write };
constexpr std::string_view roles[] = {"owner", "writer", "guest"};
constexpr std::string_view permissions[] = {"note:read", "note:write"};
constexpr auto yes = access::decision::allowed;
constexpr auto own = access::decision::own;
constexpr auto no = access::decision::denied;
constexpr access::decision matrix[] = {
    yes, yes,  // owner
    own, own,  // writer
    no,  no,   // guest
};
constexpr std::uint64_t at_least[] = {0b111, 0b110, 0b100};

access::policy policy() {
    access::policy out;
    out.roles = roles;
    out.permissions = permissions;
    out.matrix = matrix;
    out.at_least = at_least;
    return out;
}

class only_seven final : public condition {
  public:
    result<void> check(std::int64_t version) const override {
        if (version == 7) return {};
        return error(errc::precondition_failed, "not this one");
    }
};

class context_test : public testing::Test {
  protected:
    context as(std::uint16_t role, const condition* only = nullptr) const {
        return context(all_, tenant_, user_, role, means::program, std::chrono::steady_clock::now(), only);
    }

    test::temporary_folder folder_;
    std::unique_ptr<db::backend> database_ = std::move(*db::open(folder_.database_url()));
    const access::policy policy_ = policy();
    observe::metrics metrics_;
    const paging::cursor_codec cursors_{"key"};
    limits::limiter limits_{limits::make_parts(limits::settings(), *database_, nullptr, metrics_)};
    const claims::store keys_{claims::settings(), *database_};
    const registry parts_;
    const product_parts own_;
    const surroundings all_{*database_, policy_, cursors_, limits_, metrics_, keys_, parts_, own_};
    const tenant_id tenant_ = tenant_id::generate();
    const user_id user_ = user_id::generate();
    const user_id other_ = user_id::generate();
};

TEST_F(context_test, a_permission_in_full_covers_every_row) {
    const context who = as(0);
    EXPECT_TRUE(who.require(permission::write));
    ASSERT_TRUE(who.require_or_own(permission::write));
    EXPECT_FALSE(*who.require_or_own(permission::write));
    EXPECT_TRUE(who.require_for(permission::write, other_));
    EXPECT_TRUE(who.require_visible(permission::read, other_));
}

TEST_F(context_test, a_permission_for_own_rows_covers_those_alone) {
    const context who = as(1);
    EXPECT_EQ(who.require(permission::write).error().code, errc::forbidden);
    ASSERT_TRUE(who.require_or_own(permission::write));
    EXPECT_TRUE(*who.require_or_own(permission::write));
    EXPECT_TRUE(who.require_for(permission::write, user_));
    EXPECT_EQ(who.require_for(permission::write, other_).error().kind, "not_creator");
    EXPECT_TRUE(who.require_visible(permission::read, user_));
    EXPECT_EQ(who.require_visible(permission::read, other_).error().code, errc::not_found);
}

TEST_F(context_test, without_a_permission_nothing_is_covered) {
    const context who = as(2);
    EXPECT_EQ(who.require_or_own(permission::write).error().code, errc::forbidden);
    EXPECT_EQ(who.require_for(permission::write, user_).error().code, errc::forbidden);
    EXPECT_EQ(who.require_visible(permission::read, user_).error().code, errc::not_found);
}

TEST_F(context_test, only_the_version_that_is_meant_passes) {
    const only_seven seven;
    EXPECT_TRUE(as(0, &seven).check_version(7));
    EXPECT_EQ(as(0, &seven).check_version(8).error().code, errc::precondition_failed);
    EXPECT_TRUE(as(0).check_version(8));
}

TEST_F(context_test, works_in_its_tenant_and_for_its_user) {
    const context who = as(0);
    EXPECT_EQ(who.database().tenant(), tenant_);
    EXPECT_EQ(who.viewer().user(), user_);
    EXPECT_EQ(who.by(), means::program);
}

}  // namespace
}  // namespace tenon::operation
