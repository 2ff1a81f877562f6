// What database threads have read, and event loops have not taken yet.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>

namespace tenon::db {

/// Threads that read wait while it is much: they are faster than the loops that make answers of it. Thread-safe.
class results_on_the_way {
  public:
    /// Until there is room, or `close`. Each thread that was let through may add one more result.
    void wait_for_room() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || bytes_ < bytes_max; });
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

    /// Counts one result, from when it was read until it is taken or dropped.
    class ticket {
      public:
        ticket() = default;
        ticket(std::shared_ptr<results_on_the_way> all, std::size_t bytes) : all_(std::move(all)), bytes_(bytes) {
            all_->change(bytes_, 0);
        }
        ticket(ticket&& other) noexcept : all_(std::move(other.all_)), bytes_(other.bytes_) {}
        ticket& operator=(ticket&& other) noexcept {
            std::swap(all_, other.all_);
            std::swap(bytes_, other.bytes_);
            return *this;
        }
        ~ticket() {
            if (all_) all_->change(0, bytes_);
        }

      private:
        std::shared_ptr<results_on_the_way> all_;
        std::size_t bytes_ = 0;
    };

  private:
    static constexpr std::size_t bytes_max = 8 * 1024 * 1024;

    void change(std::size_t more, std::size_t less) {
        const std::lock_guard lock(mutex_);
        const bool was_full = bytes_ >= bytes_max;
        bytes_ = bytes_ + more - less;
        if (was_full && bytes_ < bytes_max) changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t bytes_ = 0;
    bool closed_ = false;
};

}  // namespace tenon::db
