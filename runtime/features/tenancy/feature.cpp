// Tenants, under the product's word for them, and who is a member of which.
#include "feature/feature.hpp"

namespace tenon::features::tenancy {

using namespace tenon::feature;

namespace {

table tenants() {
    return {
        .name = tenants_table,
        .columns = {{"id", column_type::uuid},
                    {"name"},
                    {"created_at", column_type::instant},
                    {"updated_at", column_type::instant},
                    {.name = "version", .type = column_type::integer, .starts_at_one = true}},
        .primary_key = {"id"},
        .accesses = {
            {.who = viewer::tenant, .commands = {command::select, command::insert, command::update}, .column = "id"},
            {.who = viewer::user,
             .commands = {command::select},
             .column = "user_id",
             .through = {.table = "memberships", .theirs = tenant_column, .own = "id"}},
            {.who = viewer::service, .commands = {command::select}},
            {.who = viewer::owner}}};
}

table memberships() {
    return {.name = "memberships",
            .columns = {{tenant_column, column_type::uuid},
                        {"user_id", column_type::uuid},
                        {"role"},
                        {"created_at", column_type::instant}},
            .primary_key = {tenant_column, "user_id"},
            .references = {{tenant_column, tenants_table}, {"user_id", "users"}},
            .indexes = {{.columns = {"user_id"}}},
            .accesses = {{.who = viewer::tenant, .column = tenant_column},
                         // A role of another tenant must not be taken for the one here, whatever a statement forgets.
                         {.who = viewer::user_outside, .commands = {command::select}, .column = "user_id"},
                         {.who = viewer::owner}}};
}

std::vector<permission> permissions() {
    return {
        {.name = "{tenant}:read",
         .meaning = "See the {tenant}",
         .whose = holders::everybody,
         .asked_as = "read_tenant"},
        {.name = "{tenant}:update",
         .meaning = "Change the {tenant}",
         .whose = holders::settings,
         .asked_as = "manage_tenant"},
        {.name = "member:read",
         .meaning = "See the members of the {tenant}",
         .whose = holders::everybody,
         .asked_as = "read_members"},
        {.name = "member:manage",
         .meaning = "Add and remove members and change their roles",
         .whose = holders::managers,
         .asked_as = "manage_members"},
    };
}

constexpr std::string_view group = "{{tenant.name.plural_title}}";

std::vector<route> routes_of_tenants() {
    return {
        {.verb = method::get,
         .path = "{{tenant.route}}",
         .operation = "list_{{tenant.name.plural_snake}}",
         .who = right::user(),
         .handler = "tenon::tenancy::list_mine",
         .tag = group,
         .summary = "List one's own {{tenant.name.plural_lower_title}}",
         .description = "Those that the user is a member of.",
         .gives = {.meaning = "One page.", .schema = "{{tenant_schema}}List"},
         .lists = list_of::times,
         .sorted_by = "created_at"},
        {.verb = method::post,
         .path = "{{tenant.route}}",
         .operation = "create_{{tenant.name.snake}}",
         .who = right::user(),
         .handler = "tenon::tenancy::create",
         .tag = group,
         .summary = "Found {{tenant.article}} {{tenant.lower_title}}",
         .description = "The user becomes its {{owner_role_name}}.",
         .takes = "New{{tenant_schema}}",
         .gives = {.status = 201, .meaning = "The {{tenant.lower_title}} is made.", .schema = "{{tenant_schema}}"},
         .versioned = true,
         .makes = true},
        {.verb = method::get,
         .path = "{{tenant.route}}/{id}",
         .operation = "get_{{tenant.name.snake}}",
         .who = right::member_with("{tenant}:read"),
         .handler = "tenon::tenancy::get",
         .tag = group,
         .summary = "Get the {{tenant.lower_title}} of the token",
         .description = "The id of any other {{tenant.lower_title}} is not found.",
         .gives = {.meaning = "The {{tenant.lower_title}}.", .schema = "{{tenant_schema}}"},
         .versioned = true},
        {.verb = method::patch,
         .path = "{{tenant.route}}/{id}",
         .operation = "update_{{tenant.name.snake}}",
         .who = right::member_with("{tenant}:update"),
         .handler = "tenon::tenancy::update",
         .tag = group,
         .summary = "Change the {{tenant.lower_title}} of the token",
         .description = "Only what is sent changes.",
         .takes = "{{tenant_schema}}Changes",
         .gives = {.meaning = "The {{tenant.lower_title}} as it is now.", .schema = "{{tenant_schema}}"},
         .versioned = true},
        {.verb = method::post,
         .path = "{{tenant.route}}/{id}/switch",
         .operation = "switch_{{tenant.name.snake}}",
         .who = right::user(),
         .handler = "tenon::tenancy::switch_to",
         .tag = group,
         .summary = "Act in another {{tenant.lower_title}}",
         .description = "Gives tokens for {{tenant.article}} {{tenant.lower_title}} that the user is a member of.",
         .gives = {.meaning = "Tokens for that {{tenant.lower_title}}.", .schema = "Tokens"},
         .refusals = {403}},
        {.verb = method::post,
         .path = "{{tenant.route}}/{id}/leave",
         .operation = "leave_{{tenant.name.snake}}",
         .who = right::user(),
         .handler = "tenon::tenancy::leave",
         .tag = group,
         .summary = "Leave {{tenant.article}} {{tenant.lower_title}}",
         .description = "The last {{owner_role_name}} cannot leave.",
         .gives = {.status = 204, .meaning = "Left."}},
    };
}

std::vector<route> routes_of_members() {
    return {
        {.verb = method::get,
         .path = "{{tenant.route}}/{id}/members",
         .operation = "list_members",
         .who = right::member_with("member:read"),
         .handler = "tenon::tenancy::list_members",
         .tag = group,
         .summary = "List the members",
         .gives = {.meaning = "One page.", .schema = "MemberList"},
         .lists = list_of::times,
         .sorted_by = "joined_at"},
        {.verb = method::post,
         .path = "{{tenant.route}}/{id}/members",
         .operation = "add_member",
         .who = right::member_with("member:manage"),
         .handler = "tenon::tenancy::add_member",
         .tag = group,
         .summary = "Add a user as a member",
         .description = "Nobody can give a role above their own.",
         .takes = "NewMember",
         .gives = {.status = 201, .meaning = "The member.", .schema = "Member"},
         .makes = true},
        {.verb = method::patch,
         .path = "{{tenant.route}}/{id}/members/{user_id}",
         .operation = "change_role",
         .who = right::member_with("member:manage"),
         .handler = "tenon::tenancy::change_role",
         .tag = group,
         .summary = "Give a member another role",
         .description = "Takes effect with the member's next request. Neither the old nor the new role may be above "
                        "one's own, and the last {{owner_role_name}} stays one.",
         .takes = "RoleChange",
         .gives = {.meaning = "The member as they are now.", .schema = "Member"},
         .refusals = {409}},
        {.verb = method::delete_,
         .path = "{{tenant.route}}/{id}/members/{user_id}",
         .operation = "remove_member",
         .who = right::member_with("member:manage"),
         .handler = "tenon::tenancy::remove_member",
         .tag = group,
         .summary = "Remove a member",
         .description =
             "Ends the member's sessions in this {{tenant.lower_title}}. The last {{owner_role_name}} cannot "
             "be removed.",
         .gives = {.status = 204, .meaning = "Removed."},
         .refusals = {409}},
    };
}

std::vector<route> routes() {
    std::vector<route> out = routes_of_tenants();
    for (const route& each : routes_of_members()) out.push_back(each);
    return out;
}

std::vector<problem> problems() {
    return {
        {"already_member", 409, "The user is a member of the tenant already.",
         "Change the role of the member instead."},
        {"forbidden", 403, "The role does not allow this.", ask_an_admin},
        {"last_owner", 409, "A tenant needs somebody with the founder's role, and this is the last one.",
         "Give another member that role first."},
        {"no_such_user", 404, "There is no account with this e-mail address.", "Have the user sign up first."},
        {"no_tenant", 403, "The token acts in no tenant.", "Switch to a tenant, or found one."},
        {"not_a_member", 403, "The user is no longer a member of the token's tenant.", "Switch to another tenant."},
        {"role_above_own", 403, "Nobody can give or take a role above their own.", ask_an_admin},
        {"unknown_role", 403, "The user's role in the tenant is not one that the service has any more.",
         "Have somebody give you another role, or switch to another tenant."},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "tenancy",
            .needs = {"accounts"},
            .tables = {tenants(), memberships()},
            .permissions = permissions(),
            .tags = {{group, "Each {{tenant.lower_title}}, its members and their roles."}},
            .routes = routes(),
            .schemas = {"Membership", "Role", "Member", "MemberList", "NewMember", "RoleChange"},
            .problems = problems(),
            .place = 8};
}

}  // namespace tenon::features::tenancy
