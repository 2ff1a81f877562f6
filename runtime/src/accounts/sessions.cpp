// Signing in, going on, and signing out.
#include <tenon/accounts/operations.hpp>

#include <tenon/observe/log.hpp>
#include <tenon/observe/metrics.hpp>

#include "accounts/account_lookup.hpp"
#include "accounts/attempts.hpp"
#include "accounts/token_families.hpp"
#include "operation/inner.hpp"
#include "operation/standing.hpp"

namespace tenon::accounts {
namespace {

error bad_credentials() {
    return error(errc::unauthorized, "The e-mail address or the password is not right.", "bad_credentials");
}

/// The tenant to act in: the wanted one (errc::not_found unless a member), else the one joined first, if any.
task<result<std::optional<tenant_id>>> choose_tenant(db::own_transaction& open, const settings& product, user_id user,
                                                     std::optional<uuid> wanted) {
    auto parameters = db::args(user, wanted);
    CO_TRY_ASSIGN(const db::rows found,
                  co_await open.query("SELECT {tenant_id} FROM memberships WHERE user_id = $1 "
                                      "AND ({tenant_id} = $2 OR $2 IS NULL) ORDER BY created_at, {tenant_id} LIMIT 1",
                                      std::move(parameters)));
    if (!found.empty()) co_return std::optional<tenant_id>(found[0].get<tenant_id>(0));
    if (!wanted) co_return std::optional<tenant_id>();
    co_return error(errc::not_found, "You are not a member of such a " + std::string(product.tenant.singular) + ".");
}

/// Hashes the password anew when its hash was made with other parameters than today's. Gives the new hash.
task<result<std::string>> renew_hash(authority::parts& own, const stored_account& account, std::string password,
                                     std::chrono::steady_clock::time_point deadline) {
    CO_TRY_ASSIGN(const std::string renewed, co_await own.passwords.hash(std::move(password), deadline));
    db::own_session session(own.database, deadline, db::row_scope::of_user(account.user));
    // Only over the hash that was checked: a password changed meanwhile stays changed.
    auto parameters = db::args(account.user, renewed, account.password_hash);
    CO_TRY(co_await session.write("UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
                                  std::move(parameters)));
    co_return renewed;
}

/// errc::unauthorized when the password is no longer the one that was checked. From here to the end of the transaction
/// it stays, so that a change of the password finds, and ends, the session that is about to begin.
task<result<void>> keep_password(db::own_transaction& open, const stored_account& account) {
    auto parameters = db::args(account.user, account.password_hash);
    CO_TRY_ASSIGN(
        const db::rows same,
        co_await open.query("SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 AND deleted_at IS NULL FOR SHARE",
                            std::move(parameters)));
    if (same.empty()) co_return bad_credentials();
    co_return result<void>();
}

task<result<tokens>> try_login(operation::visitor_context who, credentials input, operation::keeper<tokens>* kept) {
    authority::parts& own = operation::part<authority>(who).internals();
    // No rules here: an address or password that breaks one is simply not the right one.
    const email_address email(input.email);
    const std::vector<std::string> forms = password_forms(input.password);
    CO_TRY(co_await admit_account(who, email.stored));
    CO_TRY_ASSIGN(stored_account account, co_await find_account(own, email, who.deadline()));
    password_check check(forms, account.password_hash);
    check.stand_in = account.stand_in;
    CO_TRY_ASSIGN(const password_hasher::verdict verdict,
                  co_await own.passwords.verify(std::move(check), who.deadline()));
    if (!verdict.matches) co_return bad_credentials();
    if (verdict.outdated) {
        // A busy hasher is no reason to refuse who has given the right password: the next login tries again.
        auto renewed = co_await renew_hash(own, account, forms.front(), who.deadline());
        if (renewed) account.password_hash = std::move(*renewed);
        if (!renewed) log::warn("a password hash was not renewed", {{"what", renewed.error().message}});
    }

    // The service as well: what is kept for whoever asks again is nobody's.
    db::own_session session(own.database, who.deadline(), db::row_scope::of_user(account.user).and_service());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await keep_password(open, account));
    CO_TRY_ASSIGN(const std::optional<tenant_id> tenant,
                  co_await choose_tenant(open, own.settings, account.user, input.tenant));
    CO_TRY_ASSIGN(const token_set made, co_await open_family(own, open, account.user, tenant));
    tokens out = issue(own, made);
    CO_TRY(co_await operation::commit(open, out, kept));
    co_await attempt_succeeded(who, email.stored, account.user);
    co_return out;
}

void note_refusal(operation::visitor_context who, errc why) {
    observe::metrics& metrics = operation::inner::of(who).metrics;
    if (why == errc::unauthorized) metrics.login_failed("credentials");
    if (why == errc::too_many_requests) metrics.login_failed("limit");
}

}  // namespace

task<result<tokens>> login(operation::visitor_context who, credentials input, operation::keeper<tokens>* kept) {
    auto outcome = co_await try_login(who, std::move(input), kept);
    if (!outcome) note_refusal(who, outcome.error().code);
    co_return outcome;
}

task<result<tokens>> refresh(operation::visitor_context who, std::string refresh_token) {
    authority::parts& own = operation::part<authority>(who).internals();
    const auto& sessions = operation::part<operation::directory>(who);
    CO_TRY_ASSIGN(const token_set next, co_await rotate(own, sessions, std::move(refresh_token), who.deadline()));
    co_return issue(own, next);
}

task<result<void>> logout(operation::user_context who, operation::keeper<operation::nothing>* kept) {
    authority::parts& own = operation::part<authority>(who).internals();
    db::own_session session(own.database, who.deadline(), db::row_scope::of_user(who.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    family_filter mine(who.user());
    mine.only = who.auth_session();
    CO_TRY(co_await end_families(open, mine));
    const operation::nothing done;
    CO_TRY(co_await operation::commit(open, done, kept));
    co_await operation::part<operation::directory>(who).enforce(who.user());
    co_return result<void>();
}

}  // namespace tenon::accounts
