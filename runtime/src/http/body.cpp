// Reading the JSON body of a request.
#include <tenon/http/body.hpp>

#include "core/ascii.hpp"

namespace tenon::http {
namespace {

bool is_json_type(std::string_view content_type) {
    const std::size_t end = std::min(content_type.find(';'), content_type.size());
    std::string type;
    for (const char c : ascii::trimmed(content_type.substr(0, end))) type += ascii::to_lower(c);
    if (type != "application/json" && !(type.starts_with("application/") && type.ends_with("+json"))) return false;
    // The only parameter that could change the meaning is another character set.
    std::string_view rest = content_type.substr(end);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t next = std::min(rest.find(';'), rest.size());
        const std::string_view parameter = ascii::trimmed(rest.substr(0, next));
        rest.remove_prefix(next);
        if (parameter.size() >= 8 && ascii::equal_ignoring_case(parameter.substr(0, 8), "charset=") &&
            !ascii::equal_ignoring_case(parameter.substr(8), "utf-8") &&
            !ascii::equal_ignoring_case(parameter.substr(8), "\"utf-8\""))
            return false;
    }
    return true;
}

/// `identity` is none, and an empty list says nothing.
bool is_coded(std::string_view codings) {
    while (!codings.empty()) {
        const std::size_t end = std::min(codings.find(','), codings.size());
        const std::string_view one = ascii::trimmed(codings.substr(0, end));
        if (!one.empty() && !ascii::equal_ignoring_case(one, "identity")) return true;
        codings.remove_prefix(std::min(end + 1, codings.size()));
    }
    return false;
}

}  // namespace

result<json::document> json_body(const request& request) {
    if (request.body.empty()) return error(errc::bad_request, "The request needs a JSON body.", "empty_body");
    if (!is_json_type(request.header_value("Content-Type")))
        return error(errc::unsupported_media_type, "The body must be JSON, with Content-Type: application/json.");
    if (is_coded(request.header_list("Content-Encoding")))
        return error(errc::unsupported_media_type, "The body must not be compressed: send it without Content-Encoding.",
                     "unsupported_coding");
    return json::document::parse(request.body);
}

}  // namespace tenon::http
