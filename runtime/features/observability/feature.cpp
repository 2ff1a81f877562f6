// What the service tells about itself.
#include "feature/feature.hpp"

namespace tenon::features::observability {

using namespace tenon::feature;

namespace {

std::vector<setting> settings() {
    return {
        {.name = "LOG_LEVEL",
         .what = form::word,
         .usual = "info",
         .meaning = "the least that is logged",
         .words = {"trace", "debug", "info", "warn", "error"}},
        {.name = "METRICS_TOKEN",
         .what = form::secret,
         .meaning =
             "the bearer token that /metrics asks for; without one anybody may read it, within RATE_LIMIT_METRICS",
         .min = 16},
        {.name = "RATE_LIMIT_METRICS",
         .what = form::rate,
         .usual = "60/1m",
         .meaning = "requests of one address for /metrics without METRICS_TOKEN, in each process"},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "observability", .settings = settings()};
}

}  // namespace tenon::features::observability
