// What both databases answer instead of running a statement.
#pragma once

#include <tenon/core/error.hpp>

namespace tenon::db {

inline error too_late() {
    return error(errc::deadline_exceeded, "The database did not answer in time.");
}
inline error shutting_down() {
    return error(errc::unavailable, "The service is shutting down.");
}
inline error queue_full() {
    return error(errc::unavailable, "The database is busy.");
}

}  // namespace tenon::db
