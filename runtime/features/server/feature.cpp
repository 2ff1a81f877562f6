// Where it listens, and what clients may make it hold.
#include "feature/feature.hpp"

namespace tenon::features::server {

using namespace tenon::feature;

namespace {

std::vector<setting> of_requests() {
    return {
        {.name = "HOST", .usual = "127.0.0.1", .meaning = "the address to listen at", .set_by_image = true},
        {.name = "PORT",
         .what = form::whole,
         .usual = "8080",
         .meaning = "the port to listen at; 0 takes a free one",
         .min = 0,
         .max = 65535,
         .set_by_image = true},
        {.name = "WORKERS",
         .what = form::whole,
         .usual = "0",
         .meaning = "event loops; 0 is one for each core",
         .min = 0,
         .max = 256},
        {.name = "TRUST_PROXY",
         .what = form::flag,
         .usual = "false",
         .meaning = "true behind a reverse proxy: the client's address is the last hop of X-Forwarded-For, its scheme "
                    "that of X-Forwarded-Proto"},
        {.name = "CORS_ORIGINS",
         .meaning = "origins of browser applications elsewhere that may call, with commas between: "
                    "https://app.example.com; * for all, then without credentials"},
        {.name = "MAX_BODY_BYTES",
         .what = form::whole,
         .usual = "1048576",
         .meaning = "larger bodies are answered 413",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_OPEN_BODY_BYTES",
         .what = form::whole,
         .usual = "65536",
         .meaning = "the same for requests whose sender is not known",
         .min = 1024,
         .max = 256 * 1024 * 1024},
        {.name = "MAX_CONNECTIONS",
         .what = form::whole,
         .usual = "10000",
         .meaning = "connections at a time",
         .min = 1,
         .max = 1000000},
        {.name = "MAX_CONNECTIONS_PER_ADDRESS",
         .what = form::whole,
         .usual = "1000",
         .meaning = "of them, those of one address; an IPv6 client is its network of 64 bits; not with TRUST_PROXY",
         .min = 1,
         .max = 1000000},
        {.name = "MEMORY_BUDGET_BYTES",
         .what = form::whole,
         .usual = "100663296",
         .meaning = "what clients may make the process hold: headers and bodies, unread answers",
         .min = 16 * 1024 * 1024,
         .max = 1LL << 40},
        {.name = "MEMORY_PER_ADDRESS_BYTES",
         .what = form::whole,
         .usual = "25165824",
         .meaning = "how much of it one address may use",
         .min = 1024 * 1024,
         .max = 1LL << 40},
    };
}

std::vector<setting> of_time() {
    return {
        {.name = "HEADER_TIMEOUT",
         .what = form::time,
         .usual = "10s",
         .meaning = "how long a client may take for a whole header"},
        {.name = "BODY_TIMEOUT",
         .what = form::time,
         .usual = "30s",
         .meaning = "how long a client may take for a body"},
        {.name = "REQUEST_TIMEOUT", .what = form::time, .usual = "15s", .meaning = "how long an answer may take"},
        {.name = "DRAIN_TIMEOUT",
         .what = form::time,
         .usual = "20s",
         .meaning = "how long to finish requests after SIGTERM"},
    };
}

std::vector<setting> settings() {
    std::vector<setting> out = of_requests();
    for (const setting& each : of_time()) out.push_back(each);
    return out;
}

}  // namespace

feature::declaration declared() {
    return {.name = "server", .settings = settings()};
}

}  // namespace tenon::features::server
