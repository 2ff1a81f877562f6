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

std::vector<route> routes_of_sessions() {
    return {
        {.verb = method::post,
         .path = "/v1/auth/sign-up",
         .operation = "sign_up",
         .who = right::anybody(),
         .handler = "tenon::auth::sign_up",
         .tag = "Accounts",
         .summary = "Make an account",
         .description = "Makes a user and {{tenant.article}} {{tenant.lower_title}}, with the user as its "
                        "{{owner_role_name}}.",
         .takes = "SignUp",
         .gives = {.status = 201, .meaning = "The account is made, and signed in.", .schema = "Tokens"}},
        {.verb = method::post,
         .path = "/v1/auth/login",
         .operation = "login",
         .who = right::anybody(),
         .handler = "tenon::auth::login",
         .tag = "Accounts",
         .summary = "Sign in",
         .description = "Gives tokens for the {{tenant.lower_title}} that was named, else for the one joined first. An "
                        "unknown address and a wrong password get the same answer.",
         .takes = "Login",
         .gives = {.meaning = "Signed in.", .schema = "Tokens"},
         .refusals = {401, 404}},
        {.verb = method::post,
         .path = "/v1/auth/refresh",
         .operation = "refresh",
         .who = right::anybody(),
         .handler = "tenon::auth::refresh",
         .tag = "Accounts",
         .summary = "Trade a refresh token for new tokens",
         .description = "Every refresh token is good for one trade. Trading it again within 30 seconds gives the same "
                        "successor, so that a lost answer costs nothing; later it ends the whole session.",
         .takes = "Refresh",
         .gives = {.meaning = "New tokens.", .schema = "Tokens"},
         .refusals = {401}},
        {.verb = method::post,
         .path = "/v1/auth/logout",
         .operation = "logout",
         .who = right::user(),
         .handler = "tenon::auth::logout",
         .tag = "Accounts",
         .summary = "Sign out",
         .description = "Ends the session that the token belongs to.",
         .gives = {.status = 204, .meaning = "Signed out."}},
    };
}

std::vector<route> routes_of_oneself() {
    return {
        {.verb = method::post,
         .path = "/v1/auth/password",
         .operation = "change_password",
         .who = right::user(),
         .handler = "tenon::auth::change_password",
         .tag = "Accounts",
         .summary = "Change one's password",
         .description = "Ends all other sessions of the user.",
         .takes = "PasswordChange",
         .gives = {.status = 204, .meaning = "Changed."}},
        {.verb = method::get,
         .path = "/v1/me",
         .operation = "me",
         .who = right::user(),
         .handler = "tenon::auth::me",
         .tag = "Accounts",
         .summary = "Who am I?",
         .description = "The user, and every {{tenant.lower_title}} they belong to.",
         .gives = {.meaning = "The user.", .schema = "Me"}},
        {.verb = method::patch,
         .path = "/v1/me",
         .operation = "update_me",
         .who = right::user(),
         .handler = "tenon::auth::update_me",
         .tag = "Accounts",
         .summary = "Change oneself",
         .description = "Only what is sent changes.",
         .takes = "MeChanges",
         .gives = {.meaning = "The user as they are now.", .schema = "Me"}},
    };
}

std::vector<route> routes() {
    std::vector<route> out = routes_of_sessions();
    for (const route& each : routes_of_oneself()) out.push_back(each);
    return out;
}

std::vector<problem> problems() {
    return {
        {"bad_credentials", 401, "Address and password do not belong together, or there is no such account.",
         "Ask for the password again; the answer does not tell which of the two is wrong."},
        {"email_taken", 409, "There is an account with this e-mail address.", "Sign in, or use another address."},
        {"token_expired", 401, "The access token has expired.", "Trade the refresh token for new tokens, or sign in."},
        {"unauthorized", 401, "The request needs a valid token.",
         "Trade the refresh token for new tokens, or sign in."},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "accounts",
            .tables = {users()},
            .settings = settings(),
            .tags = {{"Accounts", "Signing up, signing in, and oneself."}},
            .routes = routes(),
            .schemas = {"SignUp", "Login", "Refresh", "PasswordChange", "Tokens", "Me", "MeChanges"},
            .problems = problems(),
            .place = 7};
}

}  // namespace tenon::features::accounts
