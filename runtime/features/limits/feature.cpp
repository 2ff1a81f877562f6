// Where limits count that hold over several processes, and the cache. Rows go when their time has passed.
#include <utility>

#include "feature/feature.hpp"

namespace tenon::features::limits {

using namespace tenon::feature;

namespace {

/// The nil id stands for the whole service, hence no reference to a tenant. Times are milliseconds of the store's
/// clock.
table named_rows(std::string_view name, std::vector<column> rest) {
    table out{.name = name,
              .columns = {{tenant_column, column_type::uuid}, {"name"}},
              .primary_key = {tenant_column, "name"}};
    for (column& each : rest) out.columns.push_back(std::move(each));
    return out;
}

table counters() {
    return named_rows("limit_counters", {{"amount", column_type::integer},
                                         {"since", column_type::integer},
                                         {"asked_at", column_type::integer},
                                         {"forget_at", column_type::integer}});
}

table leases() {
    table out = named_rows("limit_leases", {{"lease"}, {"expires_at", column_type::integer}});
    out.primary_key.push_back("lease");
    return out;
}

table locks() {
    return named_rows("limit_locks",
                      {{"fence", column_type::integer}, {"owner"}, {"expires_at", column_type::integer}});
}

table cache() {
    return named_rows("cache_entries", {{.name = "value", .nullable = true},
                                        {"generation", column_type::integer},
                                        {"expires_at", column_type::integer},
                                        {"forget_at", column_type::integer}});
}

std::vector<setting> settings() {
    return {
        {.name = "REDIS_URL",
         .meaning = "where replicas count limits together and share a cache: "
                    "redis://[[USER]:PASSWORD@]HOST[:PORT][/DB] or unix://[[USER]:PASSWORD@]/PATH[?db=N], without TLS; "
                    "when not set, limits of requests are counted in each process, and all others in the database"},
        {.name = "RATE_LIMIT_IP",
         .what = form::rate,
         .default_text = "6000/1m",
         .meaning = "requests per address: a burst, refilled evenly over the period"},
        {.name = "RATE_LIMIT_USER", .what = form::rate, .default_text = "3000/1m", .meaning = "requests per user"},
        {.name = "RATE_LIMIT_TENANT", .what = form::rate, .default_text = "30000/1m", .meaning = "requests per tenant"},
        {.name = "RATE_LIMIT_AUTH_IP",
         .what = form::rate,
         .default_text = "60/1m",
         .meaning = "attempts per address to sign up, log in, refresh or change a password"},
        {.name = "RATE_LIMIT_AUTH_ACCOUNT",
         .what = form::rate,
         .default_text = "20/15m",
         .meaning = "attempts per account to sign up, log in or change a password"},
    };
}

std::vector<problem> problems() {
    return {
        {"redis_away", 503, "Redis does not answer, and this needs it.", send_it_again},
        {"redis_busy", 503, "Too many commands wait for Redis.", send_it_again},
        {"too_many_requests", 429, "A limit on requests or attempts is used up; RateLimit says which.", send_it_again},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "limits",
            .tables = {counters(), leases(), locks(), cache()},
            .settings = settings(),
            .problems = problems(),
            .place = 4};
}

}  // namespace tenon::features::limits
