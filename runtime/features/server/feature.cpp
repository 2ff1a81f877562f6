// Where it listens, and what clients may make it hold.
#include "feature/feature.hpp"

namespace tenon::features::server {

using namespace tenon::feature;

namespace {

std::vector<setting> of_requests() {
    return {
        {.name = "HOST", .default_text = "127.0.0.1", .meaning = "IP address to listen at", .set_by_image = true},
        {.name = "PORT",
         .what = form::whole,
         .default_text = "8080",
         .meaning = "port to listen at; 0 takes a free one",
         .min = 0,
         .max = 65535,
         .set_by_image = true},
        {.name = "WORKERS",
         .what = form::whole,
         .default_text = "0",
         .meaning = "event loops; 0 is one per core",
         .min = 0,
         .max = 256},
        {.name = "TRUST_PROXY",
         .what = form::flag,
         .default_text = "false",
         .meaning = "set to true behind a reverse proxy: the client is the last hop of X-Forwarded-For, its scheme is "
                    "X-Forwarded-Proto"},
        {.name = "CORS_ORIGINS",
         .meaning = "origins of browser applications elsewhere that may call, separated by commas, such as "
                    "https://app.example.com; * for all, without credentials"},
        {.name = "MAX_BODY_BYTES",
         .what = form::whole,
         .default_text = "1048576",
         .meaning = "maximum size of a request body",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_OPEN_BODY_BYTES",
         .what = form::whole,
         .default_text = "65536",
         .meaning = "maximum size of a request body whose sender is not authenticated",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_CONNECTIONS",
         .what = form::whole,
         .default_text = "10000",
         .meaning = "connections at a time",
         .min = 1,
         .max = 1000000},
        {.name = "MAX_CONNECTIONS_PER_ADDRESS",
         .what = form::whole,
         .default_text = "1000",
         .meaning = "connections per address, or per IPv6 network of 64 bits; ignored with TRUST_PROXY",
         .min = 1,
         .max = 1000000},
        {.name = "MEMORY_BUDGET_BYTES",
         .what = form::whole,
         .default_text = "100663296",
         .meaning = "memory that all clients together may occupy: headers, bodies, unread answers",
         .min = 16 * 1024 * 1024,
         .max = 1LL << 40},
        {.name = "MEMORY_PER_ADDRESS_BYTES",
         .what = form::whole,
         .default_text = "25165824",
         .meaning = "memory of MEMORY_BUDGET_BYTES that one address may occupy",
         .min = 1024 * 1024,
         .max = 1LL << 40},
    };
}

std::vector<setting> of_time() {
    return {
        {.name = "HEADER_TIMEOUT",
         .what = form::duration,
         .default_text = "10s",
         .meaning = "how long a client may take to send its headers"},
        {.name = "BODY_TIMEOUT",
         .what = form::duration,
         .default_text = "30s",
         .meaning = "how long a client may take to send a body"},
        {.name = "REQUEST_TIMEOUT",
         .what = form::duration,
         .default_text = "15s",
         .meaning = "how long an answer may take"},
        {.name = "DRAIN_TIMEOUT",
         .what = form::duration,
         .default_text = "20s",
         .meaning = "how long requests may finish after SIGTERM"},
    };
}

std::vector<setting> settings() {
    std::vector<setting> out = of_requests();
    for (const setting& each : of_time()) out.push_back(each);
    return out;
}

std::vector<route> routes_of_health() {
    return {
        {.verb = method::get,
         .path = "/health",
         .operation = "health",
         .who = right::anybody(),
         .handler = "tenon::app::health",
         .tag = "Operations",
         .summary = "Is the process alive?",
         .description = "Asks no other system.",
         .gives = {.meaning = "It is.", .schema = "Status", .example = "{ status: ok }"},
         .limited = false,
         .asks_database = false},
        {.verb = method::get,
         .path = "/ready",
         .operation = "ready",
         .who = right::anybody(),
         .handler = "tenon::app::ready",
         .tag = "Operations",
         .summary = "Can it take requests?",
         .description = "Yes when the database answers, has the migrations that this program needs, can store changes "
                        "and keeps tenants apart, and the service is not about to stop. Either answer has the state of "
                        "each dependency under checks.",
         .gives = {.meaning = "It can.",
                   .schema = "Status",
                   .example = "{ status: ready, checks: { database: { status: ok }, migrations: { status: ok } } }"},
         .refusals = {503},
         .limited = false,
         .asks_database = false},
    };
}

std::vector<route> routes_of_documents() {
    constexpr std::string_view text = "{ type: string }";
    return {
        {.verb = method::get,
         .path = "/openapi.yaml",
         .operation = "openapi",
         .who = right::anybody(),
         .handler = "tenon::app::openapi",
         .tag = "Operations",
         .summary = "This document",
         .description = "The description of the API.",
         .gives = {.meaning = "This document.", .schema = text, .media = "application/yaml"},
         .asks_database = false},
        {.verb = method::get,
         .path = "/openapi.json",
         .operation = "openapi_json",
         .who = right::anybody(),
         .handler = "tenon::app::openapi_json",
         .tag = "Operations",
         .summary = "This document as JSON",
         .description = "The description of the API.",
         .gives = {.meaning = "This document.", .schema = "{ type: object }"},
         .asks_database = false},
        {.verb = method::get,
         .path = "/openapi.html",
         .operation = "openapi_page",
         .who = right::anybody(),
         .handler = "tenon::app::openapi_page",
         .tag = "Operations",
         .summary = "This document as a page",
         .description = "The description of the API for people.",
         .gives = {.meaning = "A page of HTML.", .schema = text, .media = "text/html"},
         .asks_database = false},
        {.verb = method::get,
         .path = "/problems/{code}",
         .operation = "problem",
         .who = right::anybody(),
         .handler = "tenon::app::problem",
         .tag = "Operations",
         .summary = "What a problem means",
         .description = "A page about one `code` of problem documents, and what a client can do.",
         .gives = {.meaning = "A page of HTML.", .schema = text, .media = "text/html"},
         .asks_database = false},
    };
}

std::vector<route> routes() {
    std::vector<route> out = routes_of_health();
    for (const route& each : routes_of_documents()) out.push_back(each);
    return out;
}

/// Of requests that are not understood, or not taken.
std::vector<problem> of_protocol() {
    return {
        {"bad_coding", 501, "The body has a Transfer-Encoding other than chunked.", "Send it with Content-Length."},
        {"bad_expectation", 417, "The header Expect asks for something other than 100-continue.", "Leave it out."},
        {"bad_http", 400, "The request is not HTTP/1.1 as RFC 9112 has it.", mend_the_request},
        {"bad_if_match", 400, "If-Match is not a list of entity tags.",
         "Send the ETag as it was given, in its quotes."},
        {"bad_if_none_match", 400, "If-None-Match is not a list of entity tags.",
         "Send the ETag as it was given, in its quotes."},
        {"bad_json", 400, "The body is not one JSON value in UTF-8, or has a member twice; `detail` says where.",
         mend_the_request},
        {"bad_method", 501, "The method of the request is not one that HTTP defines for APIs.", mend_the_request},
        {"bad_path", 400, "The path is not percent-encoded UTF-8.", mend_the_request},
        {"bad_query", 400, "The query is not percent-encoded UTF-8, or has too many parameters.", mend_the_request},
        {"bad_request", 400, "The request cannot be understood.", mend_the_request},
        {"bad_version", 505, "The request is not of HTTP/1.0 or HTTP/1.1.", mend_the_request},
        {"empty_body", 400, "The request needs a JSON body and has none.", mend_the_request},
        {"headers_too_large", 431, "The headers are too many or too large.", "Send fewer or shorter ones."},
        {"method_not_allowed", 405, "The path does not answer to this method; Allow lists those that it does.",
         mend_the_request},
        {"payload_too_large", 413, "The body is larger than the service takes.", "Send less."},
        {"precondition_failed", 412, "A condition of the request does not hold, such as an If-None-Match of a change.",
         "Read the record anew and decide again."},
        {"request_timeout", 408, "The request was sent too slowly.", "Send it again, faster."},
        {"unsupported_coding", 415, "The body is compressed, by its Content-Encoding.",
         "Send it as it is, without Content-Encoding."},
        {"unsupported_media_type", 415, "The body is not JSON by its Content-Type.",
         "Send JSON, with Content-Type: application/json."},
        {"weak_etag", 412, "If-Match has the current version as a weak entity tag (W/), which never matches.",
         "Send the ETag as it was given; a proxy that makes it weak must not."},
    };
}

std::vector<problem> of_operations() {
    return {
        {"conflict", 409, "The request does not go together with what is there.",
         "Read the record anew and decide again."},
        {"deadline_exceeded", 504, "The service did not finish in time; a change may have been made all the same.",
         "Read what is there, or send it again under the same Idempotency-Key."},
        {"internal", 500, "Something went wrong in the service; its log has more under `trace_id`.",
         "Send it again later, and tell who runs the service the `trace_id`."},
        {"invalid", 422, "Fields or parameters break rules; `errors` lists each with its place.", mend_the_request},
        {"memory_short", 503, "The service has no memory left for this request.", send_it_again},
        {"not_found", 404, "There is nothing under this path or id that the token may see.",
         "Check the id; what belongs to another tenant looks the same as what never was."},
        {"not_ready", 503, "The service cannot take requests: `detail` says why.", send_it_again},
        {"unavailable", 503, "The service, or something that it needs, is busy, stopping or away.", send_it_again},
    };
}

std::vector<problem> problems() {
    std::vector<problem> out = of_protocol();
    for (const problem& each : of_operations()) out.push_back(each);
    return out;
}

}  // namespace

feature::declaration declared() {
    return {.name = "server",
            .settings = settings(),
            .tags = {{"Operations", "For whoever runs the service."}},
            .routes = routes(),
            .schemas = {"Problem", "ProblemCode", "FieldError", "Status", "Checks"},
            .problems = problems(),
            .place = 3};
}

}  // namespace tenon::features::server
