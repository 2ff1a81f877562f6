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

}  // namespace

feature::declaration declared() {
    return {.name = "observability", .settings = settings(), .place = 5};
}

}  // namespace tenon::features::observability
