// Errors as problem documents.
#include <tenon/http/problem.hpp>
#include <tenon/json/writer.hpp>

namespace tenon::http {

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
    switch (status) {
        case 100:
            return "Continue";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

response problem(const error& why, const request& request) {
    return problem(status_of(why.code), why, request);
}

response problem(int status, const error& why, const request& request) {
    const bool internal = why.code == errc::internal && status == 500;
    const std::string_view kind = internal || why.kind.empty() ? name_of(why.code) : std::string_view(why.kind);
    json::writer body;
    body.begin_object();
    body.member("type", "/problems/" + std::string(kind));
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
    if (status == 503) out.headers.push_back(header{"Retry-After", "1"});
    return out;
}

}  // namespace tenon::http
