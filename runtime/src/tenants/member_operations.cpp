// The members of a tenant: listing, adding, changing roles, removing.
#include <tenon/tenants/operations.hpp>

#include "accounts/account_lookup.hpp"
#include "operation/standing.hpp"
#include "tenants/directory_parts.hpp"
#include "tenants/membership_rules.hpp"
#include "tenants/tools.hpp"

namespace tenon::tenants {
namespace {

constexpr paging::column member_sorts[] = {
    {.parameter = "joined_at", .name = "joined_at", .type = paging::column_type::instant, .nullable = false}};
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

member member_of(const db::row& r) {
    member out;
    r.read(0, out.user);
    r.read(1, out.email);
    r.read(2, out.name);
    r.read(3, out.role);
    r.read(4, out.joined_at);
    return out;
}

/// errc::not_found when there is no such member.
task<result<member>> find_member(db::own_transaction& open, user_id user) {
    auto key = db::args(user);
    CO_TRY_ASSIGN(const db::rows found, co_await open.query_in_tenant(one_member, std::move(key)));
    if (found.empty()) co_return nothing_here();
    co_return member_of(found[0]);
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

constinit const paging::list_shape members_shape{
    .select_list = "", .table = "members of a tenant", .tenant_column = "", .sorts = member_sorts};

void check(const new_member& input, const access::policy& policy, field_errors& errors) {
    (void)accounts::checked_email(input.email, "/email", errors);
    if (input.role) (void)checked_role(policy, *input.role, "/role", errors);
}

void check(const role_change& change, const access::policy& policy, field_errors& errors) {
    (void)checked_role(policy, change.role, "/role", errors);
}

task<result<paging::page<member>>> list_members(operation::context who, paging::list_request request) {
    CO_TRY(operation::inner::require(who, who.policy().read_members));
    db::own_session session = session_of(who);
    db::values parameters;
    append_page(parameters, request);
    const std::string_view text = request.descending ? members_descending : members_ascending;
    CO_TRY_ASSIGN(const db::rows found, co_await session.read_in_tenant(text, std::move(parameters)));
    co_return paging::make_page<member>(found, request, who.cursors(), member_of);
}

task<result<member>> add_member(operation::context who, new_member input, operation::keeper<member>* kept) {
    const access::policy& policy = who.policy();
    CO_TRY(operation::inner::require(who, policy.manage_members));
    field_errors errors;
    check(input, policy, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    const std::uint16_t wanted = input.role ? *role_index(policy, *input.role) : policy.default_role;
    db::own_session session(operation::inner::of(who).database, who.deadline(),
                            db::row_scope(who.tenant()).and_service(),  // which finds the user by the address
                            who.user());
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, who, policy.manage_members));
    CO_TRY(require_within(policy, caller, wanted));

    static const std::string by_address = std::string("SELECT id").append(accounts::of_address);
    auto address = accounts::parameters_of(accounts::email_address(input.email));
    CO_TRY_ASSIGN(const db::rows user, co_await open.query(by_address, std::move(address)));
    if (user.empty()) co_return error(errc::not_found, "There is no user with this e-mail address.", "no_such_user");
    const auto added = user[0].get<user_id>(0);
    auto row = db::args(added, policy.roles[wanted], instant::now());
    auto inserted = co_await open.query_in_tenant(
        "INSERT INTO memberships ({tenant_id}, user_id, role, created_at) VALUES ($1, $2, $3, $4)", std::move(row));
    if (!inserted && inserted.error().kind == "unique") co_return already_member();
    if (!inserted) co_return std::move(inserted).error();
    CO_TRY_ASSIGN(const member out, co_await find_member(open, added));
    CO_TRY(co_await operation::commit(open, out, kept));
    co_return out;
}

task<result<member>> change_role(operation::context who, user_id user, role_change change) {
    const access::policy& policy = who.policy();
    CO_TRY(operation::inner::require(who, policy.manage_members));
    field_errors errors;
    const auto wanted = checked_role(policy, change.role, "/role", errors);
    if (!wanted) co_return error(std::move(errors));
    db::own_session session = session_of(who);
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, who, policy.manage_members));
    CO_TRY_ASSIGN(const std::optional<std::uint16_t> before, co_await role_of_member(open, policy, user));
    if (before) CO_TRY(require_within(policy, caller, *before));
    CO_TRY(require_within(policy, caller, *wanted));
    if (before == policy.owner_role && *wanted != policy.owner_role)
        CO_TRY(co_await require_other_owner(open, policy, user));
    auto row = db::args(user, policy.roles[*wanted]);
    CO_TRY(co_await open.query_in_tenant("UPDATE memberships SET role = $3 WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(row)));
    CO_TRY_ASSIGN(const member out, co_await find_member(open, user));
    CO_TRY(co_await open.commit());
    if (before != wanted) co_await operation::part<operation::directory>(who).enforce(user);
    co_return out;
}

task<result<void>> remove_member(operation::context who, user_id user) {
    const access::policy& policy = who.policy();
    CO_TRY(operation::inner::require(who, policy.manage_members));
    db::own_session session = session_of(who);
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const std::uint16_t caller, co_await acting_role(open, who, policy.manage_members));
    CO_TRY_ASSIGN(const std::optional<std::uint16_t> before, co_await role_of_member(open, policy, user));
    if (before) CO_TRY(require_within(policy, caller, *before));
    if (before == policy.owner_role) CO_TRY(co_await require_other_owner(open, policy, user));
    auto key = db::args(user);
    CO_TRY(co_await open.query_in_tenant("DELETE FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(key)));
    CO_TRY(co_await end_families_of(open, user, who.tenant()));
    CO_TRY(co_await open.commit());
    co_await operation::part<operation::directory>(who).enforce(user);
    co_return result<void>();
}

}  // namespace tenon::tenants
