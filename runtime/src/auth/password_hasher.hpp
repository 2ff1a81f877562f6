// argon2id (RFC 9106) on threads of its own, a bounded number at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include <tenon/core/event_loop.hpp>
#include <tenon/core/task.hpp>

namespace tenon::auth {

class password_hasher {
  public:
    /// Each hash under way takes `memory_kib`; there are never more of them than cores (at most 4).
    password_hasher(std::size_t memory_kib, std::size_t passes);

    struct verdict {
        bool matches = false;
        bool outdated = false;  ///< Made with other parameters than today's: hash anew at the next chance.
        verdict() = default;
    };

    /// A PHC string. errc::unavailable when too many wait, errc::deadline_exceeded.
    task<result<std::string>> hash(std::string password, std::chrono::steady_clock::time_point deadline);
    /// With an empty `stored` (no such user) the same work is done, so that the time tells nothing.
    task<result<verdict>> verify(std::string password, std::string stored,
                                 std::chrono::steady_clock::time_point deadline);
    /// How many wait for a thread now.
    std::size_t waiting() const { return pool_.waiting(); }

  private:
    const unsigned long long passes_;
    const std::size_t memory_bytes_;
    std::string stand_in_;  // the hash of nobody's password
    worker_pool pool_;
};

}  // namespace tenon::auth
