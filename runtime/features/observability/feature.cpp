// What the service tells about itself.
#include "feature/feature.hpp"

namespace tenon::features::observability {

using namespace tenon::feature;

namespace {

std::vector<setting> settings() {
    return {
        {.name = "LOG_LEVEL",
         .what = form::word,
         .default_text = "info",
         .meaning = "lowest level that is logged",
         .words = {"trace", "debug", "info", "warn", "error"}},
        {.name = "METRICS_TOKEN",
         .what = form::secret,
         .meaning = "bearer token for /metrics; when not set, anybody may read it, within RATE_LIMIT_METRICS",
         .min = 16},
        {.name = "RATE_LIMIT_METRICS",
         .what = form::rate,
         .default_text = "60/1m",
         .meaning = "requests per address and process for /metrics when METRICS_TOKEN is not set"},
    };
}

std::vector<route> routes() {
    return {
        {.verb = method::get,
         .path = "/metrics",
         .operation = "metrics",
         .who = right::anybody(),
         .handler = "tenon::app::metrics",
         .tag = "Operations",
         .summary = "Counters and durations",
         .description =
             "In the Prometheus text format. Needs the token of METRICS_TOKEN when the service was given one.",
         .gives = {.meaning = "The metrics.", .schema = "{ type: string }", .media = "text/plain"},
         .refusals = {401},
         .token = "metricsToken",
         .limited = false,
         .asks_database = false},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "observability", .needs = {"server"}, .settings = settings(), .routes = routes(), .place = 5};
}

}  // namespace tenon::features::observability
