// Tenants: founding, listing one's own, reading, renaming, switching, leaving.
#include <tenon/tenants/operations.hpp>

#include "accounts/account_input.hpp"
#include "accounts/token_families.hpp"
#include "operation/standing.hpp"
#include "tenants/membership_rules.hpp"
#include "tenants/tools.hpp"

namespace tenon::tenants {
namespace {

tenant tenant_of(const db::row& r) {
    tenant out;
    r.read(0, out.id);
    r.read(1, out.name);
    r.read(2, out.created_at);
    r.read(3, out.updated_at);
    r.read(4, out.version);
    return out;
}

own_tenant own_tenant_of(const db::row& r) {
    own_tenant out;
    r.read(0, out.id);
    r.read(1, out.name);
    r.read(2, out.role);
    r.read(3, out.created_at);
    return out;
}

constexpr std::string_view select_tenant =
    "SELECT id, name, created_at, updated_at, version FROM {tenants} WHERE id = $1";

constexpr paging::column mine_sorts[] = {
    {.parameter = "created_at", .name = "created_at", .type = paging::column_type::instant, .nullable = false}};
/// The caller's tenants behind the cursor, one more than a page holds. $1 user, $2 time, $3 id, $4 count.
constexpr std::string_view mine_descending =
    "SELECT t.id, t.name, m.role, t.created_at FROM memberships m JOIN {tenants} t ON t.id = m.{tenant_id} "
    "WHERE m.user_id = $1 AND ((t.created_at, t.id) < ($2, $3) OR $2 IS NULL) "
    "ORDER BY t.created_at DESC, t.id DESC LIMIT $4";
constexpr std::string_view mine_ascending =
    "SELECT t.id, t.name, m.role, t.created_at FROM memberships m JOIN {tenants} t ON t.id = m.{tenant_id} "
    "WHERE m.user_id = $1 AND ((t.created_at, t.id) > ($2, $3) OR $2 IS NULL) "
    "ORDER BY t.created_at, t.id LIMIT $4";

}  // namespace

constinit const paging::list_shape own_tenants_shape{
    .select_list = "", .table = "memberships of a user", .tenant_column = "", .sorts = mine_sorts};

void check(new_tenant& input, field_errors& errors) {
    input.name = accounts::checked_name(std::move(input.name), "/name", errors);
}

void check(tenant_changes& changes, field_errors& errors) {
    if (changes.name.present()) changes.name = accounts::checked_name(changes.name.value(), "/name", errors);
}

task<result<tenant>> create_tenant(operation::user_context who, new_tenant input, operation::keeper<tenant>* kept) {
    const operation::surroundings& all = operation::inner::of(who);
    field_errors errors;
    check(input, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    tenant made;
    made.id = tenant_id::generate();
    made.name = std::move(input.name);
    made.created_at = made.updated_at = instant::now();
    db::own_session session(all.database, who.deadline(), db::row_scope(made.id, who.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    auto place = db::args(made.name, made.created_at);
    CO_TRY(co_await open.query_in_tenant(
        "INSERT INTO {tenants} (id, name, created_at, updated_at, version) VALUES ($1, $2, $3, $3, 1)",
        std::move(place)));
    auto founder = db::args(who.user(), all.policy.roles[all.policy.owner_role], made.created_at);
    CO_TRY(co_await open.query_in_tenant(
        "INSERT INTO memberships ({tenant_id}, user_id, role, created_at) VALUES ($1, $2, $3, $4)",
        std::move(founder)));
    CO_TRY(co_await operation::commit(open, made, kept));
    co_return made;
}

task<result<paging::page<own_tenant>>> list_tenants(operation::user_context who, paging::list_request request) {
    const operation::surroundings& all = operation::inner::of(who);
    db::own_session session(all.database, who.deadline(), db::row_scope::of_user(who.user()));
    db::values parameters = db::args(who.user());
    append_page(parameters, request);
    const std::string_view text = request.descending ? mine_descending : mine_ascending;
    CO_TRY_ASSIGN(const db::rows found, co_await session.read(text, std::move(parameters)));
    co_return paging::make_page<own_tenant>(found, request, all.cursors, own_tenant_of);
}

task<result<accounts::tokens>> switch_tenant(operation::user_context who, tenant_id wanted,
                                             operation::keeper<accounts::tokens>* kept) {
    accounts::authority::parts& own = operation::part<accounts::authority>(who).internals();
    db::own_session session(own.database, who.deadline(), db::row_scope(wanted, who.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY_ASSIGN(const auto role, co_await held_role(open, own.settings.policy, who.user()));
    if (!role) co_return nothing_here();
    CO_TRY_ASSIGN(const accounts::token_set made, co_await accounts::open_family(own, open, who.user(), wanted));
    accounts::tokens out = accounts::issue(own, made);
    CO_TRY(co_await operation::commit(open, out, kept));
    co_return out;
}

task<result<void>> leave_tenant(operation::user_context who, tenant_id left,
                                operation::keeper<operation::nothing>* kept) {
    const operation::surroundings& all = operation::inner::of(who);
    db::own_session session(all.database, who.deadline(), db::row_scope(left, who.user()));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await lock_tenant(open));
    auto key = db::args(who.user());
    CO_TRY_ASSIGN(
        const db::rows found,
        co_await open.query_in_tenant("SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2", key));
    if (found.empty()) co_return nothing_here();
    const bool owner = found[0].get<std::string>(0) == all.policy.roles[all.policy.owner_role];
    if (owner) CO_TRY(co_await require_other_owner(open, all.policy, who.user()));
    CO_TRY(co_await open.query_in_tenant("DELETE FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                         std::move(key)));
    CO_TRY(co_await end_families_of(open, who.user(), left));
    const operation::nothing done;
    CO_TRY(co_await operation::commit(open, done, kept));
    co_await operation::part<operation::directory>(who).enforce(who.user());
    co_return result<void>();
}

task<result<tenant>> get_tenant(operation::context who) {
    CO_TRY(operation::inner::require(who, who.policy().read_tenant));
    db::own_session session = session_of(who);
    auto none = db::args();
    CO_TRY_ASSIGN(const db::rows found, co_await session.read_in_tenant(select_tenant, std::move(none)));
    if (found.empty()) co_return nothing_here();
    co_return tenant_of(found[0]);
}

task<result<tenant>> update_tenant(operation::context who, tenant_changes changes) {
    CO_TRY(operation::inner::require(who, who.policy().manage_tenant));
    field_errors errors;
    check(changes, errors);
    if (!errors.empty()) co_return error(std::move(errors));
    db::own_session session = session_of(who);
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    CO_TRY(co_await acting_role(open, who, who.policy().manage_tenant));
    auto none = db::args();
    CO_TRY_ASSIGN(const db::rows found, co_await open.query_in_tenant(select_tenant, std::move(none)));
    if (found.empty()) co_return nothing_here();
    tenant current = tenant_of(found[0]);
    CO_TRY(who.check_version(current.version));
    if (changes.name.present() && changes.name.value() != current.name) {
        current.name = changes.name.value();
        current.updated_at = instant::now();
        ++current.version;
        auto change = db::args(current.name, current.updated_at, current.version);
        CO_TRY(co_await open.query_in_tenant(
            "UPDATE {tenants} SET name = $2, updated_at = $3, version = $4 WHERE id = $1", std::move(change)));
    }
    CO_TRY(co_await open.commit());
    co_return current;
}

}  // namespace tenon::tenants
