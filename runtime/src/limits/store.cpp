// What is the same wherever limits are counted.
#include <tenon/limits/store.hpp>

namespace tenon::limits {

task<result<std::vector<bucket_answer>>> store::take_in_turn(std::vector<bucket_take> all, time_point deadline) {
    std::vector<bucket_answer> out;
    for (bucket_take& each : all) {
        CO_TRY_ASSIGN(const bucket_answer got, co_await take(std::move(each.from), each.rule, each.n, deadline));
        out.push_back(got);
        if (!got.allowed) break;
    }
    co_return out;
}

task<result<bucket_answer>> store::look(key k, bucket_rule rule, time_point deadline) {
    // More than a bucket holds is never given, in any store, and leaves it as it is.
    return take(std::move(k), rule, rule.burst + 1, deadline);
}

task<result<cooldown_answer>> store::cool_down(key k, milliseconds period, time_point deadline) {
    bucket_rule once;
    once.period = period;
    CO_TRY_ASSIGN(const bucket_answer got, co_await take(std::move(k), once, 1, deadline));
    cooldown_answer out;
    out.started = got.allowed;
    out.remaining = got.allowed ? microseconds(period) : got.retry_after;
    co_return out;
}

}  // namespace tenon::limits
