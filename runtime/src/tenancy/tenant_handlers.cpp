// Tenants: founding, listing one's own, reading, renaming, switching, leaving.
#include <tenon/http/body.hpp>
#include <tenon/http/etag.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/paging/list_request.hpp>
#include <tenon/service/lists.hpp>
#include <tenon/service/services.hpp>
#include <tenon/tenancy/handlers.hpp>

#include "auth/account_input.hpp"
#include "auth/token_families.hpp"
#include "service/once.hpp"
#include "service/registry.hpp"
#include "tenancy/call_tools.hpp"
#include "tenancy/directory.hpp"
#include "tenancy/membership_rules.hpp"

namespace tenon::tenancy {
namespace {

struct stored_tenant {
    uuid id;
    std::string name;
    instant created_at;
    instant updated_at;
    std::int64_t version = 1;

    stored_tenant() = default;
    explicit stored_tenant(const db::row& r) {
        r.read(0, id);
        r.read(1, name);
        r.read(2, created_at);
        r.read(3, updated_at);
        r.read(4, version);
    }
};

constexpr std::string_view select_tenant =
    "SELECT id, name, created_at, updated_at, version FROM {tenants} WHERE id = $1";

std::string as_json(const stored_tenant& t) {
    json::writer out;
    out.begin_object();
    out.member("id", t.id);
    out.member("name", t.name);
    out.member("created_at", t.created_at);
    out.member("updated_at", t.updated_at);
    out.member("version", t.version);
    out.end_object();
    return std::move(out).take();
}

constexpr paging::column mine_sorts[] = {
    {.parameter = "created_at", .name = "created_at", .type = paging::column_type::instant, .nullable = false}};
constexpr paging::list_shape mine_shape{
    .select_list = "", .table = "memberships of a user", .tenant_column = "", .sorts = mine_sorts};

/// The caller's tenants behind the cursor, one more than a page holds. $1 user, $2 time, $3 id, $4 count.
constexpr std::string_view mine_descending =
    "SELECT t.id, t.name, m.role, t.created_at FROM memberships m JOIN {tenants} t ON t.id = m.{tenant_id} "
    "WHERE m.user_id = $1 AND ((t.created_at, t.id) < ($2, $3) OR $2 IS NULL) "
    "ORDER BY t.created_at DESC, t.id DESC LIMIT $4";
constexpr std::string_view mine_ascending =
    "SELECT t.id, t.name, m.role, t.created_at FROM memberships m JOIN {tenants} t ON t.id = m.{tenant_id} "
    "WHERE m.user_id = $1 AND ((t.created_at, t.id) > ($2, $3) OR $2 IS NULL) "
    "ORDER BY t.created_at, t.id LIMIT $4";

result<std::string> read_name(const http::request& request) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    std::string name;
    reader.required("name", name);
    reader.finish();
    name = auth::checked_name(std::move(name), "/name", errors);
    if (!errors.empty()) return error(std::move(errors));
    return name;
}

result<patch<std::string>> read_name_patch(const http::request& request) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    patch<std::string> name;
    reader.optional("name", name);
    reader.finish();
    if (name.present()) name = auth::checked_name(name.value(), "/name", errors);
    if (!errors.empty()) return error(std::move(errors));
    return name;
}

http::response with_etag(http::response out, const stored_tenant& t) {
    return std::move(out).with("ETag", http::etag(t.version));
}

}  // namespace

task<result<http::response>> create(service::user_call& call) {
    const access::policy& policy = call.services().policy();
    CO_TRY_ASSIGN(std::string name, read_name(call.request()));
    stored_tenant made;
    made.id = uuid::generate();
    made.name = std::move(name);
    made.created_at = made.updated_at = instant::now();
    db::own_session session(service::part<db::backend>(call), call.request().deadline,
                            db::row_scope(tenant_id(made.id), call.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    auto place = db::args(made.name, made.created_at);
    CO_TRY(co_await open.query_in_tenant(
        "INSERT INTO {tenants} (id, name, created_at, updated_at, version) VALUES ($1, $2, $3, $3, 1)",
        std::move(place)));
    auto founder = db::args(call.user(), policy.roles[policy.owner_role], made.created_at);
    CO_TRY(co_await open.query_in_tenant(
        "INSERT INTO memberships ({tenant_id}, user_id, role, created_at) VALUES ($1, $2, $3, $4)",
        std::move(founder)));
    http::response answer = with_etag(http::created(path_below(call, made.id), as_json(made)), made);
    co_return co_await service::commit(call, open, std::move(answer));
}

task<result<http::response>> list_mine(service::user_call& call) {
    const paging::cursor_codec& cursors = call.services().cursors();
    CO_TRY_ASSIGN(const paging::list_request request, service::read_list_request(call, mine_shape));
    db::own_session session(service::part<db::backend>(call), call.request().deadline,
                            db::row_scope::of_user(call.user()));
    const auto after = request.after_value.value_or(db::value(db::null_value{}));
    db::values parameters = db::args(call.user());
    parameters.push_back(after);
    parameters.push_back(request.after_id);
    parameters.push_back(static_cast<std::int64_t>(request.limit) + 1);
    const std::string_view text = request.descending ? mine_descending : mine_ascending;
    CO_TRY_ASSIGN(const db::rows found, co_await session.read(text, std::move(parameters)));
    const auto write_one = [](json::writer& out, const db::row& r) {
        out.member("id", r.get<uuid>(0));
        out.member("name", r.get<std::string>(1));
        out.member("role", r.get<std::string>(2));
        out.member("created_at", r.get<instant>(3));
    };
    co_return http::ok(page_json(found, request, cursors, write_one));
}

task<result<http::response>> switch_to(service::user_call& call) {
    auth::accounts::parts& own = service::part<auth::accounts>(call).internals();
    CO_TRY_ASSIGN(const tenant_id wanted, call.path_id<tenant_tag>("id"));
    db::own_session session(own.database, call.request().deadline, db::row_scope(wanted, call.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const auto role, co_await current_role(open, own.settings.policy, call.user()));
    if (!role) co_return nothing_here();
    CO_TRY_ASSIGN(const auth::token_set tokens, co_await auth::open_family(own, open, call.user(), wanted));
    http::response answer = auth::token_response(200, own, tokens);
    co_return co_await service::commit(call, open, std::move(answer));
}

task<result<http::response>> leave(service::user_call& call) {
    auth::accounts::parts& own = service::part<auth::accounts>(call).internals();
    const access::policy& policy = own.settings.policy;
    CO_TRY_ASSIGN(const tenant_id left, call.path_id<tenant_tag>("id"));
    db::own_session session(own.database, call.request().deadline, db::row_scope(left, call.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await lock_tenant(open));
    auto key = db::args(call.user());
    CO_TRY_ASSIGN(
        const db::rows found,
        co_await open.query_in_tenant("SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2", key));
    if (found.empty()) co_return nothing_here();
    const bool owner = found[0].get<std::string>(0) == policy.roles[policy.owner_role];
    if (owner) CO_TRY(co_await require_other_owner(open, policy, call.user()));
    CO_TRY(co_await open.query_in_tenant("DELETE FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(key)));
    CO_TRY(co_await end_families_of(open, call.user(), left));
    CO_TRY_ASSIGN(http::response answer, co_await service::commit(call, open, http::no_content()));
    co_await service::part<service::directory>(call).enforce(call.user());
    co_return answer;
}

task<result<http::response>> get(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    db::own_session session(service::part<db::backend>(call), call.request().deadline, call.tenant(), call.user());
    auto none = db::args();
    CO_TRY_ASSIGN(const db::rows found, co_await session.read_in_tenant(select_tenant, std::move(none)));
    if (found.empty()) co_return nothing_here();
    const stored_tenant t(found[0]);
    CO_TRY(http::check_preconditions(call.request(), t.version));
    if (http::not_modified(call.request(), t.version)) co_return with_etag(http::response(304), t);
    co_return with_etag(http::ok(as_json(t)), t);
}

task<result<http::response>> update(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(const patch<std::string> name, read_name_patch(call.request()));
    db::own_session session(service::part<db::backend>(call), call.request().deadline, call.tenant(), call.user());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await lock_tenant(open));
    auto none = db::args();
    CO_TRY_ASSIGN(const db::rows found, co_await open.query_in_tenant(select_tenant, std::move(none)));
    if (found.empty()) co_return nothing_here();
    stored_tenant t(found[0]);
    CO_TRY(http::check_preconditions(call.request(), t.version));
    if (name.present() && name.value() != t.name) {
        t.name = name.value();
        t.updated_at = instant::now();
        ++t.version;
        auto change = db::args(t.name, t.updated_at, t.version);
        CO_TRY(co_await open.query_in_tenant(
            "UPDATE {tenants} SET name = $2, updated_at = $3, version = $4 WHERE id = $1", std::move(change)));
    }
    CO_TRY(co_await open.commit());
    co_return with_etag(http::ok(as_json(t)), t);
}

}  // namespace tenon::tenancy
