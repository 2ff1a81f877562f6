// Answers to browsers that ask on behalf of a page from elsewhere.
#include "http/cors.hpp"

#include <algorithm>
#include <charconv>

namespace tenon::http {
namespace {

constexpr std::string_view taken_headers =
    "Access-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    "X-Request-Id\r\n"
    "Access-Control-Max-Age: 600\r\n";
constexpr std::string_view shown_headers =
    "Access-Control-Expose-Headers: Accept-Encoding, Allow, ETag, Idempotent-Replayed, Location, RateLimit, "
    "RateLimit-Policy, Retry-After, WWW-Authenticate, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
    "X-Request-Id\r\n";

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_port(std::string_view text, unsigned usual) {
    unsigned port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    return failed == std::errc() && end == text.data() + text.size() && text.front() != '0' && port >= 1 &&
           port <= 65'535 && port != usual;
}

std::string_view header_of(const response& answer, std::string_view name) {
    const auto found =
        std::find_if(answer.headers.begin(), answer.headers.end(), [&](const header& h) { return h.name == name; });
    return found == answer.headers.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace

bool is_origin(std::string_view text) {
    const bool secure = text.starts_with("https://");
    if (!secure && !text.starts_with("http://")) return false;
    text.remove_prefix(secure ? 8 : 7);
    std::size_t end = text.find(':');
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == text.npos || close < 3) return false;
        if (text.substr(1, close - 1).find_first_not_of("0123456789abcdef:.") != text.npos) return false;
        end = close + 1 < text.size() ? close + 1 : text.npos;
        if (end != text.npos && text[end] != ':') return false;
    } else {
        const std::string_view host = text.substr(0, end);
        if (host.empty() || !std::all_of(host.begin(), host.end(), is_host_character)) return false;
    }
    return end == text.npos || (end + 1 < text.size() && is_port(text.substr(end + 1), secure ? 443 : 80));
}

std::string cors_lines(const std::vector<std::string>& origins, const request& asked, const response& answer) {
    if (origins.empty()) return {};
    const bool anybody = origins.front() == "*";
    // Caches must not give one origin's answer to another.
    std::string out = anybody ? "" : "Vary: Origin\r\n";
    const std::string_view origin = asked.header_value("Origin");
    if (origin.empty()) return out;
    const bool listed = std::find(origins.begin(), origins.end(), origin) != origins.end();
    if (!anybody && !listed) return out;
    out.append("Access-Control-Allow-Origin: ").append(anybody ? std::string_view("*") : origin).append("\r\n");
    if (!anybody) out += "Access-Control-Allow-Credentials: true\r\n";
    const bool preflight =
        asked.method == method::options && !asked.header_value("Access-Control-Request-Method").empty();
    if (!preflight) return out.append(shown_headers);
    const std::string_view allowed = header_of(answer, "Allow");
    if (!allowed.empty()) out.append("Access-Control-Allow-Methods: ").append(allowed).append("\r\n");
    return out.append(taken_headers);
}

}  // namespace tenon::http
