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

std::vector<setting> settings() {
    return {
        {.name = "PASSWORD_MEMORY_KIB",
         .what = form::whole,
         .default_text = "19456",
         .meaning = "memory for hashing a password with argon2id; OWASP advises at least 19456 with 2 passes",
         .min = 8192,
         .max = 4 * 1024 * 1024},
        {.name = "PASSWORD_PASSES",
         .what = form::whole,
         .default_text = "2",
         .meaning = "argon2id passes; a higher cost rehashes each password at the next login",
         .min = 1,
         .max = 100},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "accounts", .tables = {users()}, .settings = settings(), .place = 7};
}

}  // namespace tenon::features::accounts
