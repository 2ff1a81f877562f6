// Requests and responses: look-ups and the usual answers.
#include <algorithm>

#include <tenon/http/message.hpp>

#include "core/ascii.hpp"
#include "core/percent.hpp"

namespace tenon::http {

std::string_view name_of(method m) {
    switch (m) {
        case method::get:
            return "GET";
        case method::head:
            return "HEAD";
        case method::post:
            return "POST";
        case method::put:
            return "PUT";
        case method::patch:
            return "PATCH";
        case method::delete_:
            return "DELETE";
        case method::options:
            return "OPTIONS";
    }
    return "GET";
}

std::string_view request::header_value(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const header& h) { return ascii::equal_ignoring_case(h.name, name); });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::string request::header_list(std::string_view name) const {
    std::string out;
    for (const header& each : headers) {
        if (!ascii::equal_ignoring_case(each.name, name)) continue;
        if (!out.empty()) out += ", ";
        out += each.value;
    }
    return out;
}

response ok(std::string json_body) {
    return response(200, std::move(json_body));
}

response created(std::string location, std::string json_body) {
    return response(201, std::move(json_body)).with("Location", std::move(location));
}

response no_content() {
    return response(204);
}

std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> out;
    // A malformed escape stays as it was written; the dispatcher refuses such requests before a handler sees them.
    const auto decoded = [](std::string_view text) { return percent_decode(text, true).value_or(std::string(text)); };
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
        out.emplace_back(decoded(pair.substr(0, equals)), decoded(value));
    }
    return out;
}

}  // namespace tenon::http
