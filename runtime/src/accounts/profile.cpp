// One's own account: who one is, where one belongs, the password.
#include <tenon/accounts/operations.hpp>

#include "accounts/account_input.hpp"
#include "accounts/token_families.hpp"
#include "operation/inner.hpp"
#include "operation/standing.hpp"

namespace tenon::accounts {
namespace {

constexpr std::string_view select_user =
    "SELECT id, email, name, created_at, updated_at FROM users WHERE id = $1 AND deleted_at IS NULL";

/// Nobody belongs to more tenants than one answer can list.
constexpr std::string_view select_memberships =
    "SELECT t.id, t.name, m.role, m.created_at FROM memberships m JOIN {tenants} t ON t.id = m.{tenant_id} "
    "WHERE m.user_id = $1 ORDER BY m.created_at, t.id LIMIT 1000";

error no_longer_there() {
    return error(errc::unauthorized, "The account no longer exists.");
}

error wrong_password() {
    field_errors errors;
    errors.add("/current_password", "is not your password");
    return error(std::move(errors));
}

membership membership_of(const db::row& r) {
    membership out;
    r.read(0, out.tenant);
    r.read(1, out.name);
    r.read(2, out.role);
    r.read(3, out.joined_at);
    return out;
}

}  // namespace

void check(profile_changes& changes, field_errors& errors) {
    if (changes.name.present()) changes.name = checked_name(changes.name.value(), "/name", errors);
}

void check(password_change& change, field_errors& errors) {
    change.wanted = checked_password(change.wanted, "/new_password", errors);
}

task<result<profile>> get_profile(operation::user_context who) {
    db::own_session session(operation::inner::of(who).database, who.deadline(), db::row_scope::of_user(who.user()));
    auto key = db::args(who.user());
    CO_TRY_ASSIGN(const db::rows user, co_await session.read(select_user, key));
    if (user.empty()) co_return no_longer_there();
    CO_TRY_ASSIGN(const db::rows memberships, co_await session.read(select_memberships, key));
    auto family = db::args(who.auth_session());
    CO_TRY_ASSIGN(const db::rows active,
                  co_await session.read("SELECT {tenant_id} FROM auth_sessions WHERE id = $1", std::move(family)));
    profile out;
    user[0].read(0, out.id);
    user[0].read(1, out.email);
    user[0].read(2, out.name);
    user[0].read(3, out.created_at);
    user[0].read(4, out.updated_at);
    if (!active.empty()) active[0].read(0, out.tenant);
    for (std::size_t i = 0; i < memberships.size(); ++i) out.memberships.push_back(membership_of(memberships[i]));
    co_return out;
}

task<result<profile>> update_profile(operation::user_context who, profile_changes changes) {
    field_errors errors;
    check(changes, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    if (changes.name.present()) {
        db::own_session session(operation::inner::of(who).database, who.deadline(), db::row_scope::of_user(who.user()));
        auto change = db::args(who.user(), changes.name.value(), instant::now());
        CO_TRY(
            co_await session.write("UPDATE users SET name = $2, updated_at = $3, version = version + 1 "
                                   "WHERE id = $1 AND deleted_at IS NULL",
                                   std::move(change)));
    }
    co_return co_await get_profile(who);
}

task<result<void>> change_password(operation::user_context who, password_change change,
                                   operation::keeper<operation::nothing>* kept) {
    authority::parts& own = operation::part<authority>(who).internals();
    field_errors errors;
    check(change, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    db::own_session session(own.database, who.deadline(), db::row_scope::of_user(who.user()));
    auto key = db::args(who.user());
    CO_TRY_ASSIGN(
        const db::rows found,
        co_await session.read("SELECT password_hash FROM users WHERE id = $1 AND deleted_at IS NULL", std::move(key)));
    if (found.empty()) co_return no_longer_there();
    const auto current_hash = found[0].get<std::string>(0);
    password_check current(password_forms(change.current), current_hash);
    CO_TRY_ASSIGN(const password_hasher::verdict verdict,
                  co_await own.passwords.verify(std::move(current), who.deadline()));
    if (!verdict.matches) co_return wrong_password();
    CO_TRY_ASSIGN(const std::string wanted_hash, co_await own.passwords.hash(change.wanted, who.deadline()));

    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    auto update = db::args(who.user(), wanted_hash, instant::now(), current_hash);
    CO_TRY_ASSIGN(const db::rows updated,
                  co_await open.query("UPDATE users SET password_hash = $2, updated_at = $3, version = version + 1 "
                                      "WHERE id = $1 AND password_hash = $4 AND deleted_at IS NULL",
                                      std::move(update)));
    if (updated.affected() == 0) co_return error(errc::conflict, "The password was changed at the same time.");
    family_filter others(who.user());
    others.except = who.auth_session();
    CO_TRY_ASSIGN(const std::size_t ended, co_await end_families(open, others));
    const operation::nothing done;
    CO_TRY(co_await operation::commit(open, done, kept));
    if (ended > 0) co_await operation::part<operation::directory>(who).enforce(who.user());
    co_return result<void>();
}

}  // namespace tenon::accounts
