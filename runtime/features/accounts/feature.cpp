// Users, and the sessions that their logins begin.
#include "feature/feature.hpp"

namespace tenon::features::accounts {

using namespace tenon::feature;

namespace {

table users() {
    return {.name = "users",
            .columns = {{"id", column_type::uuid},
                        {"email"},
                        {"name"},
                        {"password_hash"},
                        {"created_at", column_type::instant},
                        {"updated_at", column_type::instant},
                        {.name = "version", .type = column_type::integer, .starts_at_one = true},
                        {.name = "deleted_at", .type = column_type::instant, .nullable = true}},
            .primary_key = {"id"},
            .indexes = {{.columns = {"email"}, .unique = true}},
            .accesses = {
                {.who = viewer::user, .commands = {command::select, command::insert, command::update}, .column = "id"},
                {.who = viewer::tenant,
                 .commands = {command::select},
                 .column = tenant_column,
                 .through = {.table = "memberships", .theirs = "user_id", .own = "id"}},
                {.who = viewer::service, .commands = {command::select}},
                {.who = viewer::owner}}};
}

}  // namespace

feature::declaration declared() {
    return {.name = "accounts", .tables = {users()}};
}

}  // namespace tenon::features::accounts
