// Sessions that were ended before their access tokens expire, as far as this process knows.
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::auth {

/// Kept only as long as an access token of the session could still be valid, so its size is bounded by the rate of
/// logouts times that lifetime. Other replicas refuse such tokens at their expiry. Thread-safe.
class revocations {
  public:
    void add(const uuid& session, instant until, instant now) {
        const std::unique_lock lock(mutex_);
        if (sessions_.size() >= sweep_at_) {
            std::erase_if(sessions_, [&](const auto& each) { return each.second <= now; });
            sweep_at_ = std::max<std::size_t>(1024, sessions_.size() * 2);
        }
        sessions_[session] = until;
        any_.store(true, std::memory_order_release);
    }
    bool contains(const uuid& session) const {
        if (!any_.load(std::memory_order_acquire)) return false;
        const std::shared_lock lock(mutex_);
        return sessions_.contains(session);
    }

  private:
    struct hash_of {
        // The last eight bytes of a version 7 id are random.
        std::size_t operator()(const uuid& id) const {
            std::size_t out = 0;
            for (std::size_t i = 8; i < id.bytes.size(); ++i) out = out << 8 | id.bytes[i];
            return out;
        }
    };
    mutable std::shared_mutex mutex_;
    std::unordered_map<uuid, instant, hash_of> sessions_;
    std::size_t sweep_at_ = 1024;
    std::atomic<bool> any_{false};
};

}  // namespace tenon::auth
