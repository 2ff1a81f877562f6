// Whether the service can take requests, and how each thing is that it depends on.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>

#include "app/parts.hpp"

namespace tenon::app {

enum class dependency_status {
    ok,
    degraded,  ///< Away, and the service does without.
    failed,    ///< The service is not ready because of it.
    unknown,   ///< Could not be asked, because of one before.
};

struct dependency_state {
    std::string_view name;  ///< "database", "migrations", "storage", "isolation", "redis"
    dependency_status status = dependency_status::unknown;
    std::string detail;  ///< One sentence for whoever asks; empty when all is well.
};

struct readiness_report {
    std::string problem;  ///< Why it is not ready, in one sentence; empty: it is.
    std::vector<dependency_state> dependencies;
    std::int64_t migration = 0;           ///< The number of the last applied migration; 0: none, or not known.
    std::int64_t migrations_pending = 0;  ///< Of those that this program carries.

    bool is_ready() const { return problem.empty(); }
};

/// Asks each dependency now, until `deadline`.
task<readiness_report> check_readiness(parts& all, std::chrono::steady_clock::time_point deadline);

/// `{"database":{"status":"ok"},"redis":{"status":"degraded","detail":"…"}}`
std::string dependencies_json(const readiness_report& report);

/// What /metrics tells about it.
void note_readiness(parts& all, const readiness_report& report);

}  // namespace tenon::app
