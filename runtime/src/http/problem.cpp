// Errors as problem documents.
#include <tenon/http/problem.hpp>
#include <tenon/json/writer.hpp>

#include <algorithm>

namespace tenon::http {
namespace {

// Registered with IANA for limits (draft-ietf-httpapi-ratelimit-headers).
constexpr std::string_view quota_exceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";

struct named_status {
    int status;
    std::string_view reason;
};

// The most frequent first: they are looked up for every answer.
constexpr named_status reasons[] = {
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {304, "Not Modified"},
    {100, "Continue"},
    {202, "Accepted"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

int status_of(errc code) {
    switch (code) {
        case errc::bad_request:
            return 400;
        case errc::unauthorized:
            return 401;
        case errc::forbidden:
            return 403;
        case errc::not_found:
            return 404;
        case errc::method_not_allowed:
            return 405;
        case errc::request_timeout:
            return 408;
        case errc::conflict:
            return 409;
        case errc::precondition_failed:
            return 412;
        case errc::payload_too_large:
            return 413;
        case errc::unsupported_media_type:
            return 415;
        case errc::invalid:
            return 422;
        case errc::too_many_requests:
            return 429;
        case errc::headers_too_large:
            return 431;
        case errc::internal:
            return 500;
        case errc::unavailable:
            return 503;
        case errc::deadline_exceeded:
            return 504;
    }
    return 500;
}

std::string_view reason_of(int status) {
    for (const named_status& known : reasons) {
        if (known.status == status) return known.reason;
    }
    return "Unknown";
}

response problem(const error& why, const request& request) {
    return problem(status_of(why.code), why, request);
}

response problem(int status, const error& why, const request& request) {
    const bool internal = why.code == errc::internal && status == 500;
    const std::string_view kind = internal || why.kind.empty() ? name_of(why.code) : std::string_view(why.kind);
    json::writer body;
    body.begin_object();
    body.member("type", status == 429 ? std::string(quota_exceeded) : "/problems/" + std::string(kind));
    body.member("title", reason_of(status));
    body.member("status", status);
    body.member("detail", internal
                              ? std::string_view("Something went wrong on our side; the log has more under trace_id.")
                              : std::string_view(why.message));
    if (!request.path.empty()) body.member("instance", request.path);
    body.member("code", kind);
    body.member("trace_id", request.id);
    if (!why.fields.empty() && !internal) {
        body.key("errors");
        body.begin_array();
        for (const field_error& field : why.fields) {
            body.begin_object();
            body.member("pointer", field.pointer);
            body.member("detail", field.detail);
            body.end_object();
        }
        body.end_array();
    }
    body.end_object();

    response out(status, "application/problem+json", std::move(body).take());
    if (status == 401) {
        const bool presented = !request.header_value("Authorization").empty();
        out.headers.push_back(header{"WWW-Authenticate", presented ? "Bearer error=\"invalid_token\"" : "Bearer"});
    }
    // Only here may a 415 have it (RFC 9110, section 12.5.3).
    if (kind == "unsupported_coding") out.headers.push_back(header{"Accept-Encoding", "identity"});
    const auto wait = std::max<std::chrono::seconds>(why.retry_after, std::chrono::seconds(1));
    if (status == 429 || status == 503) out.headers.push_back(header{"Retry-After", std::to_string(wait.count())});
    return out;
}

}  // namespace tenon::http
