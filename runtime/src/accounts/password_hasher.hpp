// argon2id (RFC 9106) on threads of its own, a bounded number at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tenon/core/task.hpp>
#include <tenon/loop/event_loop.hpp>

namespace tenon::accounts {

/// A password that somebody gives, and what it is compared with.
struct password_check {
    /// The password as it is hashed today, then, if that differs, as it was given: older hashes were made of that.
    std::vector<std::string> forms;
    std::string stored;    ///< A PHC string; empty: there is no such user.
    std::string stand_in;  ///< Of another user: the work done for one that does not exist. Empty: today's work.

    password_check(std::vector<std::string> f, std::string s) : forms(std::move(f)), stored(std::move(s)) {}
    password_check(std::string password, std::string s) : stored(std::move(s)) { forms.push_back(std::move(password)); }
};

class password_hasher {
  public:
    /// Each hash under way takes `memory_kib`; there are never more of them than cores (at most 4).
    password_hasher(std::size_t memory_kib, std::size_t passes);

    struct verdict {
        bool matches = false;
        bool outdated =
            false;  ///< Made with other parameters than today's, or of another form than the first: hash anew.
        std::uint64_t kib_passes = 0;  ///< Work done: memory times passes, summed up.
        verdict() = default;
    };

    /// A PHC string. errc::unavailable when too many wait, errc::deadline_exceeded.
    task<result<std::string>> hash(std::string password, std::chrono::steady_clock::time_point deadline);
    /// Tells users and nobody apart by the verdict only, not by the work: a hash that was cheaper than today's is made
    /// up for, and the stand-in for nobody costs what somebody's hash costs.
    task<result<verdict>> verify(password_check what, std::chrono::steady_clock::time_point deadline);
    /// How many wait for a thread now.
    std::size_t waiting() const { return pool_.waiting(); }

  private:
    const unsigned long long passes_;
    const std::size_t memory_kib_;
    std::string stand_in_;  // the hash of nobody's password
    worker_pool pool_;
};

}  // namespace tenon::accounts
