// Responses as bytes on the wire.
#include "http/response_text.hpp"

#include <charconv>
#include <chrono>

#include <tenon/core/time.hpp>
#include <tenon/http/problem.hpp>

#include "core/ascii.hpp"

namespace tenon::http {
namespace {

// Answers are data for one caller: not to be sniffed, framed, cached or leaked by Referer.
constexpr std::string_view security_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n";
// Of whatever says nothing else.
constexpr std::string_view usual_policy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

bool is_safe_line(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7F) return false;
    }
    return true;
}

void append_number(std::string& out, std::size_t number) {
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_two_digits(std::string& out, unsigned value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

}  // namespace

bool append_head(std::string& out, const response& r, const wire_options& options) {
    const bool bodiless = r.status == 204 || r.status == 304 || r.status < 200;
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(r.status));
    out.append(" ").append(reason_of(r.status)).append("\r\n");
    append_header(out, "Date", options.date);
    if (!bodiless) {
        if (!r.body.empty() && is_safe_line(r.content_type)) append_header(out, "Content-Type", r.content_type);
        out += "Content-Length: ";
        append_number(out, r.body.size());
        out += "\r\n";
    }
    bool caching_said = false, policy_said = false;
    for (const header& h : r.headers) {
        if (h.name.empty() || !is_safe_line(h.name) || !is_safe_line(h.value)) continue;
        caching_said = caching_said || ascii::equal_ignoring_case(h.name, "Cache-Control");
        policy_said = policy_said || ascii::equal_ignoring_case(h.name, "Content-Security-Policy");
        append_header(out, h.name, h.value);
    }
    if (!caching_said) out += "Cache-Control: no-store\r\n";
    out += security_headers;
    if (!policy_said) out += usual_policy;
    if (options.behind_tls) out += "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";
    append_header(out, "X-Request-Id", options.request_id);
    out += options.more_lines;
    if (!options.keep_alive) out += "Connection: close\r\n";
    out += "\r\n";
    return !bodiless && !options.head_only;
}

void append_response(std::string& out, const response& r, const wire_options& options) {
    if (append_head(out, r, options)) out += r.body;
}

std::string http_date_now() {
    static constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto now = std::chrono::sys_seconds(std::chrono::seconds(instant::now().micros / 1'000'000));
    const auto today = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day ymd(today);
    const std::chrono::hh_mm_ss time(now - today);
    std::string out(days[std::chrono::weekday(today).c_encoding()]);
    out += ", ";
    append_two_digits(out, static_cast<unsigned>(ymd.day()));
    out.append(" ").append(months[static_cast<unsigned>(ymd.month()) - 1]).append(" ");
    append_number(out, static_cast<std::size_t>(static_cast<int>(ymd.year())));
    out += ' ';
    append_two_digits(out, static_cast<unsigned>(time.hours().count()));
    out += ':';
    append_two_digits(out, static_cast<unsigned>(time.minutes().count()));
    out += ':';
    append_two_digits(out, static_cast<unsigned>(time.seconds().count()));
    out += " GMT";
    return out;
}

}  // namespace tenon::http
