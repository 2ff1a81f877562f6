// Signing up: an account, and the tenant that it founds.
#include <tenon/accounts/operations.hpp>

#include "accounts/account_input.hpp"
#include "accounts/attempts.hpp"
#include "accounts/token_families.hpp"
#include "operation/inner.hpp"

namespace tenon::accounts {
namespace {

error email_taken() {
    error out(errc::conflict, "There is already an account with this e-mail address.", "email_taken");
    out.fields.push_back(field_error{"/email", "is already taken"});
    return out;
}

/// Whether there is an account from before addresses had one form, with another form of this one.
task<result<bool>> is_known_otherwise(db::own_transaction& open, const email_address& email) {
    if (email.known_as[0] == email.known_as[1] && email.known_as[2] == email.known_as[0] &&
        email.known_as[3] == email.known_as[0])
        co_return false;
    auto forms = db::args(email.known_as[0], email.known_as[1], email.known_as[2], email.known_as[3]);
    CO_TRY_ASSIGN(const db::rows found,
                  co_await open.query("SELECT 1 FROM users WHERE email IN ($1, $2, $3, $4)", std::move(forms)));
    co_return !found.empty();
}

task<result<token_set>> create_account(authority::parts& own, const new_account& input, std::string password_hash,
                                       db::own_transaction& open, user_id user, tenant_id tenant) {
    const instant now = instant::now();
    const access::policy& policy = own.settings.policy;
    const email_address email(input.email);
    CO_TRY_ASSIGN(const bool is_known, co_await is_known_otherwise(open, email));
    if (is_known) co_return email_taken();
    auto account = db::args(user, email.stored, input.name, password_hash, now);
    auto inserted = co_await open.query(
        "INSERT INTO users (id, email, name, password_hash, created_at, updated_at, version) "
        "VALUES ($1, $2, $3, $4, $5, $5, 1)",
        std::move(account));
    if (!inserted && inserted.error().kind == "unique") co_return email_taken();
    if (!inserted) co_return std::move(inserted).error();
    auto place = db::args(tenant, input.tenant, now);
    CO_TRY(co_await open.query(
        "INSERT INTO {tenants} (id, name, created_at, updated_at, version) VALUES ($1, $2, $3, $3, 1)",
        std::move(place)));
    auto membership = db::args(tenant, user, policy.roles[policy.owner_role], now);
    CO_TRY(
        co_await open.query("INSERT INTO memberships ({tenant_id}, user_id, role, created_at) VALUES ($1, $2, $3, $4)",
                            std::move(membership)));
    co_return co_await open_family(own, open, user, tenant);
}

}  // namespace

void check(new_account& input, std::string_view tenant_word, field_errors& errors) {
    (void)checked_email(input.email, "/email", errors);
    input.password = checked_password(input.password, "/password", errors);
    input.name = checked_name(std::move(input.name), "/name", errors);
    input.tenant = checked_name(std::move(input.tenant), "/" + std::string(tenant_word), errors);
}

task<result<tokens>> sign_up(operation::visitor_context who, new_account input, operation::keeper<tokens>* kept) {
    authority::parts& own = operation::part<authority>(who).internals();
    field_errors errors;
    check(input, own.settings.tenant.singular, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    const email_address email(input.email);
    CO_TRY(co_await admit_account(who, email.stored));
    // Before the transaction: the writer is not held while a hash is made.
    CO_TRY_ASSIGN(std::string password_hash, co_await own.passwords.hash(input.password, who.deadline()));
    const auto user = user_id::generate();
    const auto tenant = tenant_id::generate();
    db::own_session session(own.database, who.deadline(), db::row_scope(tenant, user).and_service());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const token_set made,
                  co_await create_account(own, input, std::move(password_hash), open, user, tenant));
    tokens out = issue(own, made);
    CO_TRY(co_await operation::commit(open, out, kept));
    co_await attempt_succeeded(who, email.stored, user);
    co_return out;
}

}  // namespace tenon::accounts
