// Where it listens, and what clients may make it hold.
#include "feature/feature.hpp"

namespace tenon::features::server {

using namespace tenon::feature;

namespace {

std::vector<setting> of_requests() {
    return {
        {.name = "HOST", .default_text = "127.0.0.1", .meaning = "IP address to listen at", .set_by_image = true},
        {.name = "PORT",
         .what = form::whole,
         .default_text = "8080",
         .meaning = "port to listen at; 0 takes a free one",
         .min = 0,
         .max = 65535,
         .set_by_image = true},
        {.name = "WORKERS",
         .what = form::whole,
         .default_text = "0",
         .meaning = "event loops; 0 is one per core",
         .min = 0,
         .max = 256},
        {.name = "TRUST_PROXY",
         .what = form::flag,
         .default_text = "false",
         .meaning = "set to true behind a reverse proxy: the client is the last hop of X-Forwarded-For, its scheme is "
                    "X-Forwarded-Proto"},
        {.name = "CORS_ORIGINS",
         .meaning = "origins of browser applications elsewhere that may call, separated by commas, such as "
                    "https://app.example.com; * for all, without credentials"},
        {.name = "MAX_BODY_BYTES",
         .what = form::whole,
         .default_text = "1048576",
         .meaning = "maximum size of a request body",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_OPEN_BODY_BYTES",
         .what = form::whole,
         .default_text = "65536",
         .meaning = "maximum size of a request body whose sender is not authenticated",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_CONNECTIONS",
         .what = form::whole,
         .default_text = "10000",
         .meaning = "connections at a time",
         .min = 1,
         .max = 1000000},
        {.name = "MAX_CONNECTIONS_PER_ADDRESS",
         .what = form::whole,
         .default_text = "1000",
         .meaning = "connections per address, or per IPv6 network of 64 bits; ignored with TRUST_PROXY",
         .min = 1,
         .max = 1000000},
        {.name = "MEMORY_BUDGET_BYTES",
         .what = form::whole,
         .default_text = "100663296",
         .meaning = "memory that all clients together may occupy: headers, bodies, unread answers",
         .min = 16 * 1024 * 1024,
         .max = 1LL << 40},
        {.name = "MEMORY_PER_ADDRESS_BYTES",
         .what = form::whole,
         .default_text = "25165824",
         .meaning = "memory of MEMORY_BUDGET_BYTES that one address may occupy",
         .min = 1024 * 1024,
         .max = 1LL << 40},
    };
}

std::vector<setting> of_time() {
    return {
        {.name = "HEADER_TIMEOUT",
         .what = form::duration,
         .default_text = "10s",
         .meaning = "how long a client may take to send its headers"},
        {.name = "BODY_TIMEOUT",
         .what = form::duration,
         .default_text = "30s",
         .meaning = "how long a client may take to send a body"},
        {.name = "REQUEST_TIMEOUT",
         .what = form::duration,
         .default_text = "15s",
         .meaning = "how long an answer may take"},
        {.name = "DRAIN_TIMEOUT",
         .what = form::duration,
         .default_text = "20s",
         .meaning = "how long requests may finish after SIGTERM"},
    };
}

std::vector<setting> settings() {
    std::vector<setting> out = of_requests();
    for (const setting& each : of_time()) out.push_back(each);
    return out;
}

}  // namespace

feature::declaration declared() {
    return {.name = "server", .settings = settings(), .place = 3};
}

}  // namespace tenon::features::server
