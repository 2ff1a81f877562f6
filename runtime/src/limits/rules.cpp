// The arithmetic of buckets and windows.
#include <tenon/limits/rules.hpp>

#include <algorithm>

namespace tenon::limits {

// A moment beyond a whole bucket is one that a longer rule, or a clock that was put back, has left.
std::int64_t next_filled_at(const bucket_rule& rule, std::int64_t n, std::int64_t now, std::int64_t filled_at) {
    return std::max(std::min(filled_at, now + rule.tolerance()), now) + n * rule.interval();
}

bool allows(const bucket_rule& rule, std::int64_t now, std::int64_t next) {
    return next - now <= rule.tolerance();
}

bucket_answer answer_of(const bucket_rule& rule, bool allowed, std::int64_t n, std::int64_t now,
                        std::int64_t filled_at) {
    const std::int64_t missing = std::clamp(filled_at - now, std::int64_t{0}, rule.tolerance());
    bucket_answer out;
    out.allowed = allowed;
    out.remaining = (rule.tolerance() - missing) / rule.interval();
    out.full_after = microseconds(missing);
    if (!allowed)
        out.retry_after = microseconds(std::max<std::int64_t>(missing + n * rule.interval() - rule.tolerance(), 1));
    return out;
}

window_span span_of(window w, instant now) {
    using namespace std::chrono;
    const auto at = sys_time<microseconds>(microseconds(now.micros));
    const auto micros = [](auto when) { return instant{duration_cast<microseconds>(when.time_since_epoch()).count()}; };
    switch (w) {
        case window::hour: {
            const auto since = floor<hours>(at);
            return {micros(since), micros(since + hours(1))};
        }
        case window::day: {
            const auto since = floor<days>(at);
            return {micros(since), micros(since + days(1))};
        }
        case window::month: {
            const year_month_day today(floor<days>(at));
            const auto since = today.year() / today.month() / 1;
            return {micros(sys_days(since)), micros(sys_days(since + months(1)))};
        }
        case window::ever:
            break;
    }
    return {instant{0}, micros(sys_days(year(9999) / 12 / 31))};
}

}  // namespace tenon::limits
