// Logins: a row for each, which the refresh tokens of its family belong to.
#include "feature/feature.hpp"

namespace tenon::features::sessions {

using namespace tenon::feature;

namespace {

table auth_sessions() {
    return {
        .name = "auth_sessions",
        .columns = {{"id", column_type::uuid},
                    {"user_id", column_type::uuid},
                    {.name = tenant_column, .type = column_type::uuid, .nullable = true},
                    {"created_at", column_type::instant},
                    {"last_used_at", column_type::instant},
                    {.name = "revoked_at", .type = column_type::instant, .nullable = true},
                    {"expires_at", column_type::instant}},
        .primary_key = {"id"},
        .references = {{"user_id", "users"}, {tenant_column, tenants_table}},
        .indexes = {{.columns = {"user_id"}}, {.columns = {tenant_column, "user_id"}}},
        .accesses = {{.who = viewer::user, .column = "user_id"},
                     // A tenant ends the sessions of members that it removes.
                     {.who = viewer::tenant, .commands = {command::select, command::update}, .column = tenant_column},
                     {.who = viewer::service, .commands = {command::select}},
                     {.who = viewer::owner}}};
}

table refresh_tokens() {
    return {.name = "refresh_tokens",
            .columns = {{"token_hash"},
                        {"session_id", column_type::uuid},
                        {.name = "parent_hash", .nullable = true},
                        {.name = "successor_hash", .nullable = true},
                        {.name = "successor_sealed", .nullable = true},
                        {.name = "used_at", .type = column_type::instant, .nullable = true},
                        {"expires_at", column_type::instant},
                        {"created_at", column_type::instant}},
            .primary_key = {"token_hash"},
            .references = {{"session_id", "auth_sessions"}},
            .indexes = {{.columns = {"session_id"}}},
            .accesses = {{.who = viewer::user,
                          .column = "user_id",
                          .through = {.table = "auth_sessions", .theirs = "id", .own = "session_id"}},
                         {.who = viewer::service, .commands = {command::select}},
                         {.who = viewer::owner}}};
}

std::vector<setting> settings() {
    return {
        {.name = "TOKEN_SECRET",
         .what = form::secret,
         .meaning = "signs access tokens and cursors of lists; generate one with `openssl rand -hex 32`",
         .min = 32,
         .required = true},
        {.name = "TOKEN_SECRET_PREVIOUS",
         .what = form::secret,
         .meaning = "previous TOKEN_SECRET, still accepted during rotation; remove it once access tokens have expired",
         .min = 32},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "sessions",
            .needs = {"accounts", "tenancy"},
            .tables = {auth_sessions(), refresh_tokens()},
            .settings = settings(),
            .place = 1};
}

}  // namespace tenon::features::sessions
