// Bytes are counted with one compare-and-swap a budget.
#include <tenon/core/byte_budget.hpp>

namespace tenon {

bool byte_budget::try_take_here(std::size_t bytes) noexcept {
    std::size_t used = used_.load(std::memory_order_relaxed);
    do {
        if (used > limit_ || bytes > limit_ - used) return false;
    } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
    const std::size_t now = used + bytes;
    std::size_t peak = peak_.load(std::memory_order_relaxed);
    while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
    }
    return true;
}

void byte_budget::count_refusal() noexcept {
    for (byte_budget* each = this; each != nullptr; each = each->whole_)
        each->refused_.fetch_add(1, std::memory_order_relaxed);
}

bool byte_budget::try_take(std::size_t bytes) noexcept {
    if (!try_take_here(bytes)) {
        count_refusal();
        return false;
    }
    if (whole_ == nullptr || whole_->try_take(bytes)) return true;
    used_.fetch_sub(bytes, std::memory_order_relaxed);
    refused_.fetch_add(1, std::memory_order_relaxed);  // the whole has counted its own
    return false;
}

void byte_budget::give_back(std::size_t bytes) noexcept {
    for (byte_budget* each = this; each != nullptr; each = each->whole_)
        each->used_.fetch_sub(bytes, std::memory_order_relaxed);
}

bool byte_lease::try_resize(std::size_t bytes) noexcept {
    if (budget_ != nullptr && bytes > size_ && !budget_->try_take(bytes - size_)) return false;
    if (budget_ != nullptr && bytes < size_) budget_->give_back(size_ - bytes);
    size_ = bytes;
    return true;
}

}  // namespace tenon
