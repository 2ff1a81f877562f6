// HTTP requests and responses as handlers see them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/core/error.hpp>

namespace tenon::http {

enum class method { get, head, post, put, patch, delete_, options };

std::string_view name_of(method m);

struct header {
    std::string name;
    std::string value;
};

/// One request, whole: the body has been read and is within the server's bound.
struct request {
    http::method method = http::method::get;
    std::string path;   ///< Percent-decoded per segment by the router; as received here.
    std::string query;  ///< Without the '?', as received.
    std::vector<header> headers;
    std::string body;
    std::string id;  ///< The request id: the client's X-Request-Id when well-formed, else a fresh one.
    std::string remote_ip;
    std::chrono::steady_clock::time_point deadline;  ///< When the answer is no longer worth anything.

    /// The first header of that name, compared without case; empty when absent.
    std::string_view header_value(std::string_view name) const;
    /// All headers of that name as one list, joined by ", " (RFC 9110, section 5.3); empty when absent.
    std::string header_list(std::string_view name) const;
};

struct response {
    int status = 200;
    std::vector<header> headers;
    std::string content_type = "application/json";
    std::string body;

    response() = default;
    explicit response(int s) : status(s) {}
    response(int s, std::string json_body) : status(s), body(std::move(json_body)) {}
    response(int s, std::string type, std::string b) : status(s), content_type(std::move(type)), body(std::move(b)) {}

    response&& with(std::string name, std::string value) && {
        headers.push_back(header{std::move(name), std::move(value)});
        return std::move(*this);
    }
};

/// 200 with a JSON body.
response ok(std::string json_body);
/// 201 with a JSON body and the Location of what was made.
response created(std::string location, std::string json_body);
/// 204.
response no_content();

/// Decoded query parameters, in order. Malformed escapes and repeats of a single-valued name are reported by
/// the reader that asks for them (paging::list_request, query_reader).
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace tenon::http
