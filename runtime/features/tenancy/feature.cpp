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

}  // namespace

feature::declaration declared() {
    return {.name = "tenancy", .needs = {"accounts"}, .tables = {tenants(), memberships()}};
}

}  // namespace tenon::features::tenancy
