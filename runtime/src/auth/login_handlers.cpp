// Sign-up, login, refresh and logout.
#include <tenon/auth/handlers.hpp>
#include <tenon/http/body.hpp>
#include <tenon/observe/log.hpp>
#include <tenon/observe/metrics.hpp>

#include "auth/account_input.hpp"
#include "auth/account_lookup.hpp"
#include "auth/token_families.hpp"
#include "service/attempts.hpp"
#include "service/once.hpp"
#include "service/registry.hpp"

namespace tenon::auth {
namespace {

struct sign_up_input {
    email_address email{""};
    std::string password;
    std::string name;
    std::string tenant;
};

result<sign_up_input> read_sign_up(const http::request& request, const tenant_names& names) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    sign_up_input out;
    std::string email;
    reader.required("email", email);
    reader.required("password", out.password);
    reader.required("name", out.name);
    reader.required(names.singular, out.tenant);
    reader.finish();
    out.email = checked_email(email, "/email", errors);
    out.password = checked_password(out.password, "/password", errors);
    out.name = checked_name(std::move(out.name), "/name", errors);
    out.tenant = checked_name(std::move(out.tenant), "/" + std::string(names.singular), errors);
    if (!errors.empty()) return error(std::move(errors));
    return out;
}

struct login_input {
    email_address email{""};
    std::vector<std::string> password;  ///< Its forms.
    std::optional<uuid> tenant;
};

result<login_input> read_login(const http::request& request, const tenant_names& names) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    login_input out;
    std::string email;
    std::string password;
    reader.required("email", email);
    reader.required("password", password);
    reader.optional(names.column, out.tenant);
    reader.finish();
    if (!errors.empty()) return error(std::move(errors));
    // No rules here: an address or password that breaks one is simply not the right one.
    out.email = email_address(email);
    out.password = password_forms(password);
    return out;
}

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

task<result<token_set>> create_account(accounts::parts& own, const sign_up_input& input, std::string password_hash,
                                       db::own_transaction& open, user_id user, tenant_id tenant) {
    const instant now = instant::now();
    const access::policy& policy = own.settings.policy;
    CO_TRY_ASSIGN(const bool is_known, co_await is_known_otherwise(open, input.email));
    if (is_known) co_return email_taken();
    auto account = db::args(user, input.email.stored, input.name, password_hash, now);
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
task<result<std::string>> renew_hash(accounts::parts& own, const stored_account& account, std::string password,
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

}  // namespace

task<result<http::response>> sign_up(service::open_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const sign_up_input input, read_sign_up(call.request(), own.settings.tenant));
    CO_TRY(co_await service::admit_account(call, input.email.stored));
    // Before the transaction: the writer is not held while a hash is made.
    CO_TRY_ASSIGN(std::string password_hash, co_await own.passwords.hash(input.password, deadline));
    const auto user = user_id::generate();
    const auto tenant = tenant_id::generate();
    db::own_session session(own.database, deadline, db::row_scope(tenant, user).and_service());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const token_set tokens,
                  co_await create_account(own, input, std::move(password_hash), open, user, tenant));
    http::response answer = token_response(201, own, tokens);
    auto outcome = co_await service::commit(call, open, std::move(answer));
    if (outcome) co_await service::attempt_succeeded(call, input.email.stored);
    co_return outcome;
}

namespace {

task<result<http::response>> try_login(service::open_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const login_input input, read_login(call.request(), own.settings.tenant));
    CO_TRY(co_await service::admit_account(call, input.email.stored));
    CO_TRY_ASSIGN(stored_account account, co_await find_account(own, input.email, deadline));
    password_check check(input.password, account.password_hash);
    check.stand_in = account.stand_in;
    CO_TRY_ASSIGN(const password_hasher::verdict verdict, co_await own.passwords.verify(std::move(check), deadline));
    if (!verdict.matches) co_return bad_credentials();
    if (verdict.outdated) {
        // A busy hasher is no reason to refuse who has given the right password: the next login tries again.
        auto renewed = co_await renew_hash(own, account, input.password.front(), deadline);
        if (renewed) account.password_hash = std::move(*renewed);
        if (!renewed) log::warn("a password hash was not renewed", {{"what", renewed.error().message}});
    }

    // The service as well: it keeps the answer under an Idempotency-Key of nobody.
    db::own_session session(own.database, deadline, db::row_scope::of_user(account.user).and_service());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await keep_password(open, account));
    CO_TRY_ASSIGN(const std::optional<tenant_id> tenant,
                  co_await choose_tenant(open, own.settings, account.user, input.tenant));
    CO_TRY_ASSIGN(const token_set tokens, co_await open_family(own, open, account.user, tenant));
    http::response answer = token_response(200, own, tokens);
    auto outcome = co_await service::commit(call, open, std::move(answer));
    if (outcome) co_await service::attempt_succeeded(call, input.email.stored);
    co_return outcome;
}

void note_refusal(service::open_call& call, errc why) {
    if (why == errc::unauthorized) call.services().metrics().login_failed("credentials");
    if (why == errc::too_many_requests) call.services().metrics().login_failed("limit");
}

}  // namespace

task<result<http::response>> login(service::open_call& call) {
    auto outcome = co_await try_login(call);
    if (!outcome) note_refusal(call, outcome.error().code);
    co_return outcome;
}

task<result<http::response>> refresh(service::open_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    CO_TRY_ASSIGN(const json::document body, http::json_body(call.request()));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    std::string presented;
    reader.required("refresh_token", presented);
    reader.finish();
    if (!errors.empty()) co_return error(std::move(errors));
    const service::directory& sessions = service::part<service::directory>(call);
    CO_TRY_ASSIGN(const token_set tokens,
                  co_await rotate(own, sessions, std::move(presented), call.request().deadline));
    co_return token_response(200, own, tokens);
}

task<result<http::response>> logout(service::user_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    db::own_session session(own.database, call.request().deadline, db::row_scope::of_user(call.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    family_filter mine(call.user());
    mine.only = call.auth_session();
    CO_TRY(co_await end_families(open, mine));
    CO_TRY_ASSIGN(http::response answer, co_await service::commit(call, open, http::no_content()));
    co_await service::part<service::directory>(call).enforce(call.user());
    co_return answer;
}

}  // namespace tenon::auth
