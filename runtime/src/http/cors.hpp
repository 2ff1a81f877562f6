// Which browser applications elsewhere may call, and read the answers (Fetch standard, CORS protocol).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/http/message.hpp>

namespace tenon::http {

/// "https://app.example.com", "http://localhost:5173": a scheme and a host in small letters, perhaps a port, no path.
/// As browsers write it: without the port that the scheme has anyway.
bool is_origin(std::string_view text);

/// Lines for the head of an answer: what the browser of `asked` may do with `answer`. `origins` are those that may
/// call, or "*" for all, of whom none may send credentials. Empty when `origins` is.
std::string cors_lines(const std::vector<std::string>& origins, const request& asked, const response& answer);

}  // namespace tenon::http
