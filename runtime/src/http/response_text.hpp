// Responses as bytes on the wire.
#pragma once

#include <string>
#include <string_view>

#include <tenon/http/message.hpp>

namespace tenon::http {

struct wire_options {
    bool head_only = false;   ///< The answer to HEAD: the headers of the body, without it.
    bool keep_alive = true;   ///< Else `Connection: close` is said.
    bool behind_tls = false;  ///< Adds Strict-Transport-Security.
    std::string_view date;    ///< IMF-fixdate (RFC 9110, section 5.6.7).
    std::string_view request_id;
    std::string_view more_lines;  ///< Of the head, whole.
};

/// Appends everything before the body to `out`; false when no body follows it.
bool append_head(std::string& out, const response& r, const wire_options& options);

/// Appends the whole response to `out`. Headers whose name or value could end a line are left out.
void append_response(std::string& out, const response& r, const wire_options& options);

/// "Sat, 31 Jan 2026 09:30:00 GMT", of the current second.
std::string http_date_now();

}  // namespace tenon::http
