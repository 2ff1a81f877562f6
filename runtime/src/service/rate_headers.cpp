// Structured fields (RFC 9651) of draft-ietf-httpapi-ratelimit-headers: names are strings.
#include "service/rate_headers.hpp"

#include <charconv>

namespace tenon::service {
namespace {

void append_number(std::string& out, std::int64_t number) {
    char text[24];
    out.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

/// Until there is something to be had again, or until all of it is. Retry-After is the same number.
std::int64_t seconds_until_reset(const limits::bucket_answer& answer) {
    const limits::microseconds wait = answer.allowed ? answer.full_after : answer.retry_after;
    return (wait.count() + 999'999) / 1'000'000;
}

void add_header(http::response& to, std::string_view name, std::string value) {
    to.headers.push_back(http::header{std::string(name), std::move(value)});
}

std::string number_text(std::int64_t number) {
    std::string out;
    append_number(out, number);
    return out;
}

}  // namespace

void add_rate_headers(http::response& to, const limits::rates_seen& seen) {
    if (seen.empty()) return;
    std::string policies;
    std::string left;
    policies.reserve(96);
    left.reserve(96);
    const limits::rates_seen::one* tightest = seen.begin();
    for (const limits::rates_seen::one& each : seen) {
        if (!left.empty()) policies += ", ", left += ", ";
        policies += each.policy->text;
        left.append("\"").append(each.policy->name).append("\";r=");
        append_number(left, each.answer.remaining);
        left += ";t=";
        append_number(left, seconds_until_reset(each.answer));
        if (!each.answer.allowed || (tightest->answer.allowed && each.answer.remaining < tightest->answer.remaining))
            tightest = &each;
    }
    to.headers.reserve(to.headers.size() + 5);
    add_header(to, "RateLimit-Policy", std::move(policies));
    add_header(to, "RateLimit", std::move(left));
    add_header(to, "X-RateLimit-Limit", number_text(tightest->policy->rule.burst));
    add_header(to, "X-RateLimit-Remaining", number_text(tightest->answer.allowed ? tightest->answer.remaining : 0));
    add_header(to, "X-RateLimit-Reset", number_text(seconds_until_reset(tightest->answer)));
}

}  // namespace tenon::service
