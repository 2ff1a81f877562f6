// Every code that a problem document of the runtime can have. docs/problems.md and the pages under /problems/ are made
// of this; a code that is missing here is found by tests/tidy.
#include <algorithm>

#include <tenon/http/problem.hpp>

namespace tenon::http {
namespace {

constexpr std::string_view mend = "Mend the request; sending it again as it is gives the same answer.";
constexpr std::string_view again = "Send it again after the seconds of Retry-After.";
constexpr std::string_view sign_in = "Trade the refresh token for new tokens, or sign in.";
constexpr std::string_view ask_an_admin = "Ask somebody whose role may, or for another role.";
constexpr std::string_view choose_another = "Choose another value.";

constexpr problem_kind kinds[] = {
    {"already_member", 409, "The user is a member of the tenant already.", "Change the role of the member instead."},
    {"bad_coding", 501, "The body has a Transfer-Encoding other than chunked.", "Send it with Content-Length."},
    {"bad_credentials", 401, "Address and password do not belong together, or there is no such account.",
     "Ask for the password again; the answer does not tell which of the two is wrong."},
    {"bad_cursor", 400, "The cursor was altered, or belongs to another list, filter or order.",
     "Begin with the first page: leave the cursor out."},
    {"bad_expectation", 417, "The header Expect asks for something other than 100-continue.", "Leave it out."},
    {"bad_http", 400, "The request is not HTTP/1.1 as RFC 9112 has it.", mend},
    {"bad_idempotency_key", 400,
     "The Idempotency-Key has no character, more than 255, or some that are not visible ASCII.",
     "Send a fresh UUID for each new request."},
    {"bad_if_match", 400, "If-Match is not a list of entity tags.", "Send the ETag as it was given, in its quotes."},
    {"bad_if_none_match", 400, "If-None-Match is not a list of entity tags.",
     "Send the ETag as it was given, in its quotes."},
    {"bad_json", 400, "The body is not one JSON value in UTF-8, or has a member twice; `detail` says where.", mend},
    {"bad_method", 501, "The method of the request is not one that HTTP defines for APIs.", mend},
    {"bad_path", 400, "The path is not percent-encoded UTF-8.", mend},
    {"bad_query", 400, "The query is not percent-encoded UTF-8, or has too many parameters.", mend},
    {"bad_request", 400, "The request cannot be understood.", mend},
    {"bad_version", 505, "The request is not of HTTP/1.0 or HTTP/1.1.", mend},
    {"conflict", 409, "The request does not go together with what is there.", "Read the record anew and decide again."},
    {"deadline_exceeded", 504, "The service did not finish in time; a change may have been made all the same.",
     "Read what is there, or send it again under the same Idempotency-Key."},
    {"email_taken", 409, "There is an account with this e-mail address.", "Sign in, or use another address."},
    {"empty_body", 400, "The request needs a JSON body and has none.", mend},
    {"forbidden", 403, "The role does not allow this.", ask_an_admin},
    {"headers_too_large", 431, "The headers are too many or too large.", "Send fewer or shorter ones."},
    {"idempotency_key_in_use", 409, "The first request under this Idempotency-Key is under way.", again},
    {"idempotency_key_reused", 422, "This Idempotency-Key was used for another request.",
     "Send a fresh UUID for each new request, and the same one only with the same request."},
    {"internal", 500, "Something went wrong in the service; its log has more under `trace_id`.",
     "Send it again later, and tell who runs the service the `trace_id`."},
    {"invalid", 422, "Fields or parameters break rules; `errors` lists each with its place.", mend},
    {"kept_answers_full", 429, "So many answers are kept under Idempotency-Keys that no more fit.", again},
    {"last_owner", 409, "A tenant needs somebody with the founder's role, and this is the last one.",
     "Give another member that role first."},
    {"list_too_slow", 422, "The list keeps the database busy for longer than LIST_TIMEOUT.",
     "Filter by more, or search for less."},
    {"memory_short", 503, "The service has no memory left for this request.", again},
    {"method_not_allowed", 405, "The path does not answer to this method; Allow lists those that it does.", mend},
    {"no_such_user", 404, "There is no account with this e-mail address.", "Have the user sign up first."},
    {"no_tenant", 403, "The token acts in no tenant.", "Switch to a tenant, or found one."},
    {"not_a_member", 403, "The user is no longer a member of the token's tenant.", "Switch to another tenant."},
    {"not_creator", 403, "The role allows this for records only that the user created.", ask_an_admin},
    {"not_found", 404, "There is nothing under this path or id that the token may see.",
     "Check the id; what belongs to another tenant looks the same as what never was."},
    {"not_ready", 503, "The service cannot take requests: `detail` says why.", again},
    {"payload_too_large", 413, "The body is larger than the service takes.", "Send less."},
    {"precondition_failed", 412, "A condition of the request does not hold, such as an If-None-Match of a change.",
     "Read the record anew and decide again."},
    {"redis_away", 503, "Redis does not answer, and this needs it.", again},
    {"redis_busy", 503, "Too many commands wait for Redis.", again},
    {"reference", 409,
     "Something still refers to the record, or the record refers to something that is gone; `detail` says which.",
     "Delete or change what refers to it first, or refer to something else."},
    {"request_timeout", 408, "The request was sent too slowly.", "Send it again, faster."},
    {"role_above_own", 403, "Nobody can give or take a role above their own.", ask_an_admin},
    {"stale_version", 412, "If-Match names a version that is no longer the current one: somebody else was faster.",
     "Read the record anew, and send the change with its ETag."},
    {"token_expired", 401, "The access token has expired.", sign_in},
    {"too_long", 422, "A value, or several together, are longer than the database takes.", "Send less."},
    {"too_many_requests", 429, "A limit on requests or attempts is used up; RateLimit says which.", again},
    {"unauthorized", 401, "The request needs a valid token.", sign_in},
    {"unavailable", 503, "The service, or something that it needs, is busy, stopping or away.", again},
    {"unique", 409, "A value that must be unique is taken; `errors` names it, or all that are unique together.",
     choose_another},
    {"unknown_role", 403, "The user's role in the tenant is not one that the service has any more.",
     "Have somebody give you another role, or switch to another tenant."},
    {"unreadable", 409, "The record is stored with values that cannot be read; `errors` names them.",
     "Give all of them new values, or delete the record."},
    {"unsupported_coding", 415, "The body is compressed, by its Content-Encoding.",
     "Send it as it is, without Content-Encoding."},
    {"unsupported_media_type", 415, "The body is not JSON by its Content-Type.",
     "Send JSON, with Content-Type: application/json."},
    {"weak_etag", 412, "If-Match has the current version as a weak entity tag (W/), which never matches.",
     "Send the ETag as it was given; a proxy that makes it weak must not."},
};

}  // namespace

std::span<const problem_kind> problem_kinds() {
    return kinds;
}

const problem_kind* find_problem_kind(std::string_view code) {
    const auto found =
        std::lower_bound(std::begin(kinds), std::end(kinds), code,
                         [](const problem_kind& one, std::string_view wanted) { return one.code < wanted; });
    return found != std::end(kinds) && found->code == code ? &*found : nullptr;
}

}  // namespace tenon::http
