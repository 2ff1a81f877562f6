// The ways in which Redis can fail its callers.
#pragma once

#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::redis {

constexpr std::string_view no_such_script = "NOSCRIPT";

inline error away() {
    return error(errc::unavailable, "Redis cannot be reached.", "redis_away");
}
inline error shutting_down() {
    return error(errc::unavailable, "The service is stopping.");
}
inline error queue_full() {
    return error(errc::unavailable, "Too many commands wait for Redis.", "redis_busy");
}
inline error too_late() {
    return error(errc::deadline_exceeded, "Redis did not answer in time.");
}

/// From "WORD the rest". States that pass are errc::unavailable.
inline error refused(std::string_view text) {
    const std::string_view word = text.substr(0, text.find(' '));
    for (const std::string_view passing : {"LOADING", "BUSY", "MASTERDOWN", "READONLY", "OOM", "CLUSTERDOWN",
                                           "TRYAGAIN", "NOREPLICAS", "MISCONF", "NOAUTH"}) {
        if (word == passing) return error(errc::unavailable, "Redis is not ready: " + std::string(word) + ".");
    }
    return error(errc::internal, "Redis: " + std::string(text),
                 word == no_such_script ? std::string(no_such_script) : std::string());
}

}  // namespace tenon::redis
