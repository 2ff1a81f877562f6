// Memory that clients make the process hold, counted in bytes: one budget for the process, a share of it for each
// client, and leases on both.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace tenon {

/// Counts bytes up to a limit. Nothing is allocated through it: it says whether memory may be used. Thread-safe,
/// without a lock or an allocation. Must outlive its leases and the budgets inside it.
class byte_budget {
  public:
    /// With `whole`, a share of it: what is taken here is taken there too.
    explicit byte_budget(std::size_t limit_bytes, byte_budget* whole = nullptr) : limit_(limit_bytes), whole_(whole) {}
    byte_budget(const byte_budget&) = delete;
    byte_budget& operator=(const byte_budget&) = delete;

    /// True when `bytes` were free here and in the whole, and are taken now.
    [[nodiscard]] bool try_take(std::size_t bytes) noexcept;
    void give_back(std::size_t bytes) noexcept;

    std::size_t limit() const noexcept { return limit_; }
    std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
    std::size_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }  ///< The most ever used.
    /// How often `try_take` said no, here or in a share.
    std::size_t refused() const noexcept { return refused_.load(std::memory_order_relaxed); }

  private:
    bool try_take_here(std::size_t bytes) noexcept;
    void count_refusal() noexcept;

    const std::size_t limit_;
    byte_budget* const whole_;
    std::atomic<std::size_t> used_{0};
    std::atomic<std::size_t> peak_{0};
    std::atomic<std::size_t> refused_{0};
};

/// Bytes taken from a budget, given back at the end of its life. Not thread-safe; a lease may end on another thread
/// than it began on.
class byte_lease {
  public:
    byte_lease() = default;  ///< Of no budget: any size is granted and nothing is counted.
    explicit byte_lease(byte_budget& of) : budget_(&of) {}
    byte_lease(byte_lease&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    byte_lease& operator=(byte_lease&& other) noexcept {
        if (this == &other) return *this;
        clear();
        budget_ = std::exchange(other.budget_, nullptr);
        size_ = std::exchange(other.size_, 0);
        return *this;
    }
    ~byte_lease() { clear(); }

    /// Grows or shrinks to `bytes`. False, and nothing has changed, when the budget has not enough left; shrinking
    /// always succeeds.
    [[nodiscard]] bool try_resize(std::size_t bytes) noexcept;
    [[nodiscard]] bool try_grow(std::size_t by) noexcept { return try_resize(size_ + by); }
    /// Gives everything back; the lease can grow again.
    void clear() noexcept { (void)try_resize(0); }
    std::size_t size() const noexcept { return size_; }

  private:
    byte_budget* budget_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace tenon
