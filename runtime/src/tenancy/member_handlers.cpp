// The members of the token's tenant: listing, adding, changing roles, removing.
#include <tenon/http/body.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/lists.hpp>
#include <tenon/service/services.hpp>
#include <tenon/tenancy/handlers.hpp>

#include "auth/account_lookup.hpp"
#include "service/once.hpp"
#include "service/registry.hpp"
#include "tenancy/call_tools.hpp"
#include "tenancy/directory_parts.hpp"
#include "tenancy/membership_rules.hpp"

namespace tenon::tenancy {
namespace {

constexpr paging::column member_sorts[] = {
    {.parameter = "joined_at", .name = "joined_at", .type = paging::column_type::instant, .nullable = false}};
constexpr paging::list_shape member_shape{
    .select_list = "", .table = "members of a tenant", .tenant_column = "", .sorts = member_sorts};

/// Behind the cursor, one more than a page holds. $1 tenant, $2 time, $3 id, $4 count. The comparison stands before
/// IS NULL, here and elsewhere: PostgreSQL takes a parameter's type from its first use.
constexpr std::string_view members_descending =
    "SELECT u.id, u.email, u.name, m.role, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id "
    "WHERE m.{tenant_id} = $1 AND ((m.created_at, u.id) < ($2, $3) OR $2 IS NULL) "
    "ORDER BY m.created_at DESC, u.id DESC LIMIT $4";
constexpr std::string_view members_ascending =
    "SELECT u.id, u.email, u.name, m.role, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id "
    "WHERE m.{tenant_id} = $1 AND ((m.created_at, u.id) > ($2, $3) OR $2 IS NULL) "
    "ORDER BY m.created_at, u.id LIMIT $4";
constexpr std::string_view one_member =
    "SELECT u.id, u.email, u.name, m.role, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id "
    "WHERE m.{tenant_id} = $1 AND m.user_id = $2";

void write_member(json::writer& out, const db::row& r) {
    out.member("user_id", r.get<uuid>(0));
    out.member("email", r.get<std::string>(1));
    out.member("name", r.get<std::string>(2));
    out.member("role", r.get<std::string>(3));
    out.member("joined_at", r.get<instant>(4));
}

/// The member as one JSON object; errc::not_found when there is no such member.
task<result<std::string>> member_json(db::own_transaction& open, user_id user) {
    auto key = db::args(user);
    CO_TRY_ASSIGN(const db::rows found, co_await open.query_in_tenant(one_member, std::move(key)));
    if (found.empty()) co_return nothing_here();
    json::writer out;
    out.begin_object();
    write_member(out, found[0]);
    out.end_object();
    co_return std::move(out).take();
}

struct new_member {
    auth::email_address email{""};
    std::uint16_t role = 0;
};

result<new_member> read_new_member(const http::request& request, const access::policy& policy) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    new_member out;
    std::string role(policy.roles[policy.default_role]);
    std::string email;
    reader.required("email", email);
    reader.optional("role", role);
    reader.finish();
    out.email = auth::checked_email(email, "/email", errors);
    const auto index = checked_role(policy, role, "/role", errors);
    if (!errors.empty()) return error(std::move(errors));
    out.role = *index;
    return out;
}

result<std::uint16_t> read_role(const http::request& request, const access::policy& policy) {
    TRY_ASSIGN(const json::document body, http::json_body(request));
    field_errors errors;
    json::object_reader reader(body.root(), errors);
    std::string role;
    reader.required("role", role);
    reader.finish();
    const auto index = checked_role(policy, role, "/role", errors);
    if (!errors.empty()) return error(std::move(errors));
    return *index;
}

/// The caller's role as it is inside the transaction: it may have changed since the route was admitted.
task<result<std::uint16_t>> acting_role(db::own_transaction& open, const service::tenant_call& call) {
    const access::policy& policy = call.services().policy();
    CO_TRY(co_await lock_tenant(open));
    CO_TRY_ASSIGN(const auto role, co_await current_role(open, policy, call.user()));
    if (!role || policy.decide(*role, policy.manage_members) != access::decision::allowed)
        co_return error(errc::forbidden, "Your role does not allow this.");
    co_return *role;
}

/// The role of the member to be changed. A role that the product no longer has is nobody's to protect.
task<result<std::optional<std::uint16_t>>> role_of_member(db::own_transaction& open, const access::policy& policy,
                                                          user_id member) {
    auto key = db::args(member);
    CO_TRY_ASSIGN(const db::rows found,
                  co_await open.query_in_tenant("SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                                std::move(key)));
    if (found.empty()) co_return nothing_here();
    co_return role_index(policy, found[0].get<std::string>(0));
}

error already_member() {
    error out(errc::conflict, "This user is a member already.", "already_member");
    out.fields.push_back(field_error{"/email", "is a member already"});
    return out;
}

}  // namespace

task<result<http::response>> list_members(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    const paging::cursor_codec& cursors = call.services().cursors();
    CO_TRY_ASSIGN(const paging::list_request request, service::read_list_request(call, member_shape));
    db::own_session session(service::part<db::backend>(call), call.request().deadline, call.tenant(), call.user());
    db::values parameters;
    parameters.push_back(request.after_value.value_or(db::value(db::null_value{})));
    parameters.push_back(request.after_id);
    parameters.push_back(static_cast<std::int64_t>(request.limit) + 1);
    const std::string_view text = request.descending ? members_descending : members_ascending;
    CO_TRY_ASSIGN(const db::rows found, co_await session.read_in_tenant(text, std::move(parameters)));
    co_return http::ok(page_json(found, request, cursors, &write_member));
}

task<result<http::response>> add_member(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    const access::policy& policy = call.services().policy();
    CO_TRY_ASSIGN(const new_member wanted, read_new_member(call.request(), policy));
    db::own_session session(service::part<db::backend>(call), call.request().deadline,
                            db::row_scope(call.tenant()).and_service(),  // which finds the user by the address
                            call.user());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, call));
    CO_TRY(require_within(policy, caller, wanted.role));

    static const std::string by_address = std::string("SELECT id").append(auth::of_address);
    CO_TRY_ASSIGN(const db::rows user, co_await open.query(by_address, auth::parameters_of(wanted.email)));
    if (user.empty()) co_return error(errc::not_found, "There is no user with this e-mail address.", "no_such_user");
    const auto added = user[0].get<user_id>(0);
    auto row = db::args(added, policy.roles[wanted.role], instant::now());
    auto inserted = co_await open.query_in_tenant(
        "INSERT INTO memberships ({tenant_id}, user_id, role, created_at) VALUES ($1, $2, $3, $4)", std::move(row));
    if (!inserted && inserted.error().kind == "unique") co_return already_member();
    if (!inserted) co_return std::move(inserted).error();
    CO_TRY_ASSIGN(std::string body, co_await member_json(open, added));
    http::response answer = http::created(path_below(call, added.value), std::move(body));
    co_return co_await service::commit(call, open, std::move(answer));
}

task<result<http::response>> change_role(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    const access::policy& policy = call.services().policy();
    CO_TRY_ASSIGN(const user_id member, call.path_id<user_tag>("user_id"));
    CO_TRY_ASSIGN(const std::uint16_t wanted, read_role(call.request(), policy));
    db::own_session session(service::part<db::backend>(call), call.request().deadline, call.tenant(), call.user());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, call));
    CO_TRY_ASSIGN(const std::optional<std::uint16_t> before, co_await role_of_member(open, policy, member));
    if (before) CO_TRY(require_within(policy, caller, *before));
    CO_TRY(require_within(policy, caller, wanted));
    if (before == policy.owner_role && wanted != policy.owner_role)
        CO_TRY(co_await require_other_owner(open, policy, member));
    auto change = db::args(member, policy.roles[wanted]);
    CO_TRY(co_await open.query_in_tenant("UPDATE memberships SET role = $3 WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(change)));
    CO_TRY_ASSIGN(std::string body, co_await member_json(open, member));
    CO_TRY(co_await open.commit());
    if (before != wanted) co_await service::part<service::directory>(call).enforce(member);
    co_return http::ok(std::move(body));
}

task<result<http::response>> remove_member(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    auth::accounts::parts& own = service::part<auth::accounts>(call).internals();
    const access::policy& policy = own.settings.policy;
    CO_TRY_ASSIGN(const user_id member, call.path_id<user_tag>("user_id"));
    db::own_session session(own.database, call.request().deadline, call.tenant(), call.user());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, call));
    CO_TRY_ASSIGN(const std::optional<std::uint16_t> before, co_await role_of_member(open, policy, member));
    if (before) CO_TRY(require_within(policy, caller, *before));
    if (before == policy.owner_role) CO_TRY(co_await require_other_owner(open, policy, member));
    auto key = db::args(member);
    CO_TRY(co_await open.query_in_tenant("DELETE FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(key)));
    CO_TRY(co_await end_families_of(open, member, call.tenant()));
    CO_TRY(co_await open.commit());
    co_await service::part<service::directory>(call).enforce(member);
    co_return http::no_content();
}

}  // namespace tenon::tenancy
