// Accounts, tenants and members without HTTP: what a program does has the rules and rights of what a request does.
#include <gtest/gtest.h>

#include <set>

#include <tenon/accounts/operations.hpp>
#include <tenon/tenants/operations.hpp>

#include "accounts/sample_settings.hpp"
#include "databases/open.hpp"
#include "limits/limiter_parts.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "operation/surroundings.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"
#include "tenants/directory.hpp"

namespace tenon::tenants {
namespace {

using test::soon;

const std::string password = "correct horse battery";

class operations_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), product_.sqlite_migrations));
        database_ = std::move(*db::open(folder_.database_url()));
        limits_.emplace(limits::make_parts(limits::settings(), *database_, nullptr, metrics_));
        keys_.emplace(claims::settings(), *database_);
        authority_.emplace(accounts::sample_settings(), *database_);
        directory_.emplace(product_.tenant, product_.policy, *database_);
        parts_.add<limits::request_limits>(limits_->internals().requests);
        parts_.add<accounts::authority>(*authority_);
        parts_.add<operation::directory>(*directory_);
        all_.emplace(*database_, product_.policy, cursors_, *limits_, metrics_, *keys_, parts_, own_);
        owner_ = sign_up("owner@example.com");
        ASSERT_TRUE(owner_.tenant);
    }
    operation::visitor_context visitor() const { return operation::visitor_context(*all_, "192.0.2.1", soon()); }
    operation::user_context user(const accounts::tokens& of) const {
        const auto who = authority_->verify(of.access_token, instant::now());
        EXPECT_TRUE(who);
        return operation::user_context(*all_, who->user, who->session, soon());
    }
    operation::context member_of(tenant_id tenant, user_id user, std::uint16_t role,
                                 const operation::condition* only = nullptr) const {
        return operation::context(*all_, tenant, user, role, operation::means::program, soon(), only);
    }
    operation::context owner() const { return member_of(*owner_.tenant, owner_.user, product_.policy.owner_role); }
    operation::context plain_member(user_id user) const {
        return member_of(*owner_.tenant, user, product_.policy.default_role);
    }
    static accounts::new_account account(std::string email) {
        accounts::new_account out;
        out.email = std::move(email);
        out.password = password;
        out.name = "Somebody";
        out.tenant = "First";
        return out;
    }
    accounts::tokens sign_up(std::string email) {
        auto made = runner_.wait(accounts::sign_up(visitor(), account(std::move(email)), nullptr));
        EXPECT_TRUE(made) << made.error().message;
        return made.value_or(accounts::tokens());
    }
    result<member> add(operation::context who, std::string email, std::optional<std::string> role = std::nullopt) {
        new_member input;
        input.email = std::move(email);
        input.role = std::move(role);
        return runner_.wait(add_member(who, std::move(input), nullptr));
    }
    static std::set<std::string> places(const error& why) {
        std::set<std::string> out;
        for (const field_error& each : why.fields) out.insert(each.pointer);
        return out;
    }
    static paging::list_request first_page(const paging::list_shape& shape) {
        paging::list_request out;
        out.sort = &shape.sorts.front();
        out.table = shape.table;
        out.limit = 2;
        return out;
    }

    test::temporary_folder folder_;
    test::loop_runner runner_;
    const app::product& product_ = test::sample_product();
    observe::metrics metrics_;
    const paging::cursor_codec cursors_{"key"};
    std::unique_ptr<db::backend> database_;
    std::optional<limits::limiter> limits_;
    std::optional<claims::store> keys_;
    std::optional<accounts::authority> authority_;
    std::optional<directory> directory_;
    operation::registry parts_;
    const operation::product_parts own_;
    std::optional<operation::surroundings> all_;
    accounts::tokens owner_;
};

TEST_F(operations_test, everything_that_is_wrong_is_told_at_once) {
    accounts::new_account bad = account("no address");
    bad.password = "short";
    bad.name = " ";
    bad.tenant = "";
    const auto refused = runner_.wait(accounts::sign_up(visitor(), std::move(bad), nullptr));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::invalid);
    EXPECT_EQ(places(refused.error()), (std::set<std::string>{"/email", "/password", "/name", "/workspace"}));
    const auto taken = runner_.wait(accounts::sign_up(visitor(), account("OWNER@example.com"), nullptr));
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, "email_taken");
    const auto unknown = add(owner(), "no address", "emperor");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(places(unknown.error()), (std::set<std::string>{"/email", "/role"}));
}

TEST_F(operations_test, a_new_password_ends_the_other_sessions) {
    accounts::credentials right;
    right.email = "owner@example.com";
    right.password = password;
    const auto other = runner_.wait(accounts::login(visitor(), right, nullptr));
    ASSERT_TRUE(other) << other.error().message;
    accounts::password_change change;
    change.current = "wrong horse battery";
    change.wanted = "another horse battery";
    const auto refused = runner_.wait(accounts::change_password(user(owner_), change, nullptr));
    ASSERT_FALSE(refused);
    EXPECT_EQ(places(refused.error()), std::set<std::string>{"/current_password"});
    change.current = password;
    ASSERT_TRUE(runner_.wait(accounts::change_password(user(owner_), change, nullptr)));
    EXPECT_FALSE(runner_.wait(accounts::refresh(visitor(), other->refresh_token)));
    EXPECT_TRUE(runner_.wait(accounts::refresh(visitor(), owner_.refresh_token)));
    const auto again = runner_.wait(accounts::login(visitor(), std::move(right), nullptr));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, "bad_credentials");
}

TEST_F(operations_test, a_profile_has_every_tenant_of_its_user) {
    new_tenant second;
    second.name = "  Second ";
    const auto made = runner_.wait(create_tenant(user(owner_), std::move(second), nullptr));
    ASSERT_TRUE(made) << made.error().message;
    const auto found = runner_.wait(accounts::get_profile(user(owner_)));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->memberships.size(), 2U);
    EXPECT_EQ(found->tenant, owner_.tenant);
    EXPECT_EQ(found->memberships[1].tenant, made->id);
    EXPECT_EQ(found->memberships[1].role, product_.policy.roles[product_.policy.owner_role]);
    const auto there = runner_.wait(switch_tenant(user(owner_), made->id, nullptr));
    ASSERT_TRUE(there);
    EXPECT_EQ(runner_.wait(accounts::get_profile(user(*there)))->tenant, made->id);
    const auto last = runner_.wait(leave_tenant(user(owner_), made->id, nullptr));
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().kind, "last_owner");
}

TEST_F(operations_test, ask_for_the_rights_of_the_role_themselves) {
    const accounts::tokens ada = sign_up("ada@example.com");
    ASSERT_TRUE(add(owner(), "ada@example.com"));
    const operation::context as_member = plain_member(ada.user);
    EXPECT_TRUE(runner_.wait(get_tenant(as_member)));
    tenant_changes renamed;
    renamed.name = std::string("Hers");
    const auto update = runner_.wait(update_tenant(as_member, renamed));
    ASSERT_FALSE(update);
    EXPECT_EQ(update.error().code, errc::forbidden);
    EXPECT_EQ(add(as_member, "owner@example.com").error().code, errc::forbidden);
    EXPECT_EQ(runner_.wait(remove_member(as_member, owner_.user)).error().code, errc::forbidden);
    role_change up;
    up.role = "owner";
    EXPECT_EQ(runner_.wait(change_role(as_member, ada.user, up)).error().code, errc::forbidden);
    // Of a role that was taken away since: what the database says counts.
    const operation::context stale = member_of(*owner_.tenant, ada.user, product_.policy.owner_role);
    EXPECT_EQ(runner_.wait(change_role(stale, ada.user, up)).error().code, errc::forbidden);
    EXPECT_EQ(runner_.wait(update_tenant(stale, renamed)).error().code, errc::forbidden);
    EXPECT_EQ(runner_.wait(get_tenant(owner()))->name, "First");
}

TEST_F(operations_test, see_the_members_of_their_own_tenant_alone) {
    for (const char* const email : {"ada@example.com", "bob@example.com"}) {
        sign_up(email);
        ASSERT_TRUE(add(owner(), email, "admin"));
    }
    const accounts::tokens stranger = sign_up("stranger@example.com");
    paging::list_request request = first_page(members_shape);
    const auto page = runner_.wait(list_members(owner(), request));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->items.size(), 2U);
    ASSERT_FALSE(page->next_cursor.empty());
    ASSERT_TRUE(cursors_.decode(page->next_cursor, request));
    const auto rest = runner_.wait(list_members(owner(), request));
    ASSERT_TRUE(rest);
    ASSERT_EQ(rest->items.size(), 1U);
    EXPECT_EQ(rest->items[0].email, "owner@example.com");
    const auto own = runner_.wait(list_tenants(user(stranger), first_page(own_tenants_shape)));
    ASSERT_TRUE(own);
    ASSERT_EQ(own->items.size(), 1U);
    EXPECT_EQ(own->items[0].id, stranger.tenant);
    EXPECT_EQ(runner_.wait(remove_member(owner(), stranger.user)).error().code, errc::not_found);
}

class only_seven final : public operation::condition {
  public:
    result<void> check(std::int64_t version) const override {
        if (version == 7) return {};
        return error(errc::precondition_failed, "not this one");
    }
};

TEST_F(operations_test, refuse_a_version_that_is_not_meant) {
    const only_seven seven;
    const auto who = member_of(*owner_.tenant, owner_.user, product_.policy.owner_role, &seven);
    tenant_changes renamed;
    renamed.name = std::string("Other");
    const auto refused = runner_.wait(update_tenant(who, renamed));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::precondition_failed);
    const auto done = runner_.wait(update_tenant(owner(), renamed));
    ASSERT_TRUE(done);
    EXPECT_EQ(done->name, "Other");
    EXPECT_EQ(done->version, 2);
}

}  // namespace
}  // namespace tenon::tenants
