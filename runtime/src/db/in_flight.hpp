// Counts what is under way in a database, so that a drain can wait for the last of it.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "loop/completion.hpp"

namespace tenon::db {

class in_flight : public std::enable_shared_from_this<in_flight> {
  public:
    /// Held while a statement or a transaction is under way. Move-only.
    class pass {
      public:
        pass() = default;
        explicit pass(std::shared_ptr<in_flight> counter) : counter_(std::move(counter)) {}
        pass(pass&&) noexcept = default;
        pass& operator=(pass&&) = delete;
        ~pass() {
            if (counter_) counter_->leave();
        }
        explicit operator bool() const { return counter_ != nullptr; }

      private:
        std::shared_ptr<in_flight> counter_;
    };

    /// An empty pass once draining has begun.
    pass enter() {
        const std::lock_guard lock(mutex_);
        if (closed_) return pass();
        ++count_;
        return pass(shared_from_this());
    }
    /// Closes the door; `done` finishes when the last one has left.
    void close(std::shared_ptr<completion<void>> done) {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
            if (count_ > 0) {
                waiting_.push_back(std::move(done));
                return;
            }
        }
        done->finish({});
    }

  private:
    void leave() {
        std::vector<std::shared_ptr<completion<void>>> finished;
        {
            const std::lock_guard lock(mutex_);
            if (--count_ == 0 && closed_) finished.swap(waiting_);
        }
        for (auto& each : finished) each->finish({});
    }

    std::mutex mutex_;
    std::size_t count_ = 0;
    bool closed_ = false;
    std::vector<std::shared_ptr<completion<void>>> waiting_;
};

}  // namespace tenon::db
