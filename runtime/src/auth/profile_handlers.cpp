// The caller's own account: who they are, where they belong, their password.
#include <tenon/auth/handlers.hpp>
#include <tenon/http/body.hpp>
#include <tenon/json/writer.hpp>

#include "auth/account_input.hpp"
#include "auth/token_families.hpp"
#include "service/once.hpp"
#include "service/registry.hpp"

namespace tenon::auth {
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

void write_user(json::writer& out, const db::row& user) {
    out.member("id", user.get<uuid>(0));
    out.member("email", user.get<std::string>(1));
    out.member("name", user.get<std::string>(2));
    out.member("created_at", user.get<instant>(3));
    out.member("updated_at", user.get<instant>(4));
}

std::string profile(const tenant_names& names, const db::row& user, std::optional<tenant_id> active,
                    const db::rows& memberships) {
    json::writer out;
    out.begin_object();
    write_user(out, user);
    out.member(names.column, active);
    out.key(names.table);
    out.begin_array();
    for (std::size_t i = 0; i < memberships.size(); ++i) {
        const db::row each = memberships[i];
        out.begin_object();
        out.member("id", each.get<uuid>(0));
        out.member("name", each.get<std::string>(1));
        out.member("role", each.get<std::string>(2));
        out.member("joined_at", each.get<instant>(3));
        out.end_object();
    }
    out.end_array();
    out.end_object();
    return std::move(out).take();
}

struct password_change {
    std::vector<std::string> current;  ///< Its forms.
    std::string wanted;
};

result<password_change> read_password_change(const http::request& request) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    password_change out;
    std::string current;
    reader.required("current_password", current);
    reader.required("new_password", out.wanted);
    reader.finish();
    out.wanted = checked_password(out.wanted, "/new_password", errors);
    if (!errors.empty()) return error(std::move(errors));
    out.current = password_forms(current);
    return out;
}

error wrong_password() {
    field_errors errors;
    errors.add("/current_password", "is not your password");
    return error(std::move(errors));
}

}  // namespace

task<result<http::response>> me(service::user_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    db::own_session session(own.database, call.request().deadline, db::row_scope::of_user(call.user()));
    auto key = db::args(call.user());
    CO_TRY_ASSIGN(const db::rows user, co_await session.read(select_user, key));
    if (user.empty()) co_return no_longer_there();
    CO_TRY_ASSIGN(const db::rows memberships, co_await session.read(select_memberships, key));
    auto family = db::args(call.auth_session());
    CO_TRY_ASSIGN(const db::rows active,
                  co_await session.read("SELECT {tenant_id} FROM auth_sessions WHERE id = $1", std::move(family)));
    std::optional<tenant_id> tenant;
    if (!active.empty()) active[0].read(0, tenant);
    co_return http::ok(profile(own.settings.tenant, user[0], tenant, memberships));
}

task<result<http::response>> update_me(service::user_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    CO_TRY_ASSIGN(const json::document body, http::json_body(call.request()));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    patch<std::string> name;
    reader.optional("name", name);
    reader.finish();
    if (name.present()) name = checked_name(name.value(), "/name", errors);
    if (!errors.empty()) co_return error(std::move(errors));
    if (name.present()) {
        db::own_session session(own.database, call.request().deadline, db::row_scope::of_user(call.user()));
        auto change = db::args(call.user(), name.value(), instant::now());
        CO_TRY(
            co_await session.write("UPDATE users SET name = $2, updated_at = $3, version = version + 1 "
                                   "WHERE id = $1 AND deleted_at IS NULL",
                                   std::move(change)));
    }
    co_return co_await me(call);
}

task<result<http::response>> change_password(service::user_call& call) {
    accounts::parts& own = service::part<accounts>(call).internals();
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const password_change change, read_password_change(call.request()));
    db::own_session session(own.database, deadline, db::row_scope::of_user(call.user()));
    auto key = db::args(call.user());
    CO_TRY_ASSIGN(
        const db::rows found,
        co_await session.read("SELECT password_hash FROM users WHERE id = $1 AND deleted_at IS NULL", std::move(key)));
    if (found.empty()) co_return no_longer_there();
    const auto current_hash = found[0].get<std::string>(0);
    password_check check(change.current, current_hash);
    CO_TRY_ASSIGN(const password_hasher::verdict verdict, co_await own.passwords.verify(std::move(check), deadline));
    if (!verdict.matches) co_return wrong_password();
    CO_TRY_ASSIGN(const std::string wanted_hash, co_await own.passwords.hash(change.wanted, deadline));

    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    auto update = db::args(call.user(), wanted_hash, instant::now(), current_hash);
    CO_TRY_ASSIGN(const db::rows updated,
                  co_await open.query("UPDATE users SET password_hash = $2, updated_at = $3, version = version + 1 "
                                      "WHERE id = $1 AND password_hash = $4 AND deleted_at IS NULL",
                                      std::move(update)));
    if (updated.affected() == 0) co_return error(errc::conflict, "The password was changed at the same time.");
    family_filter others(call.user());
    others.except = call.auth_session();
    CO_TRY_ASSIGN(const std::size_t ended, co_await end_families(open, others));
    CO_TRY_ASSIGN(http::response answer, co_await service::commit(call, open, http::no_content()));
    if (ended > 0) co_await service::part<service::directory>(call).enforce(call.user());
    co_return answer;
}

}  // namespace tenon::auth
