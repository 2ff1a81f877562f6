// What can be done with accounts and sessions, whoever asks and by whatever means: signing up and in, one's own
// profile and password.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/patch.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/operation/callers.hpp>
#include <tenon/operation/keeper.hpp>

namespace tenon::accounts {

/// Somebody new, and the first tenant, which they found as its owner.
struct new_account {
    std::string email;
    std::string password;  ///< 10 to 128 code points, none of them a control or invisible character.
    std::string name;      ///< 1 to 120 code points, not only blanks.
    std::string tenant;    ///< Its name, as `name`.
};

struct credentials {
    std::string email;
    std::string password;
    std::optional<uuid> tenant;  ///< To act in; else the one joined first, if any.
};

/// What a session is known by.
struct tokens {
    std::string access_token;
    std::chrono::seconds access_lifetime{};
    std::string refresh_token;
    user_id user;
    std::optional<tenant_id> tenant;  ///< Where they act.
};

struct membership {
    tenant_id tenant;
    std::string name;  ///< The tenant's.
    std::string role;
    instant joined_at;
};

struct profile {
    user_id id;
    std::string email;
    std::string name;
    instant created_at;
    instant updated_at;
    std::optional<tenant_id> tenant;  ///< Where the session acts.
    std::vector<membership> memberships;
};

struct profile_changes {
    patch<std::string> name;
};

struct password_change {
    std::string current;
    std::string wanted;
};

// Each of these brings names and passwords into the form that is stored or hashed, and adds an error for each value
// that may not be. Operations ask it as well; whoever reads what somebody has sent asks it beside their own errors, so
// that all are told at once. `tenant_word`: the product's, for the place of an error.
void check(new_account& input, std::string_view tenant_word, field_errors& errors);
void check(profile_changes& changes, field_errors& errors);
void check(password_change& change, field_errors& errors);

// Every operation also gives errc::deadline_exceeded and the errors of the database. Tries at a password are counted by
// account where a visitor makes them; whoever lets a signed-in user try counts those, as the built-in routes do.

/// errc::conflict, kind "email_taken"; errc::too_many_requests; errc::unavailable while too many passwords are hashed.
task<result<tokens>> sign_up(operation::visitor_context who, new_account input,
                             operation::keeper<tokens>* kept = nullptr);
/// errc::unauthorized, kind "bad_credentials", for an unknown address and a wrong password alike, in the same time;
/// errc::not_found for a tenant that the user is no member of; errc::too_many_requests.
task<result<tokens>> login(operation::visitor_context who, credentials input,
                           operation::keeper<tokens>* kept = nullptr);
/// Rotates a refresh token: presented again within 30 s it gives the same successor, later it ends the whole family
/// (RFC 9700, section 4.14.2). errc::unauthorized.
task<result<tokens>> refresh(operation::visitor_context who, std::string refresh_token);
/// Ends the caller's family of tokens.
task<result<void>> logout(operation::user_context who, operation::keeper<operation::nothing>* kept = nullptr);
/// With every tenant that the user belongs to. errc::unauthorized when the account is gone.
task<result<profile>> get_profile(operation::user_context who);
task<result<profile>> update_profile(operation::user_context who, profile_changes changes);
/// Ends all other families of the user. A wrong current password is errc::invalid at /current_password; errc::conflict
/// when the password was changed at the same time.
task<result<void>> change_password(operation::user_context who, password_change change,
                                   operation::keeper<operation::nothing>* kept = nullptr);

}  // namespace tenon::accounts
