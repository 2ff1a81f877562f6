// The only reader of the machine's wall clock.
#include "core/wall_clock.hpp"

#include <chrono>

namespace tenon {

constinit std::atomic<std::int64_t> wall_clock::set_{0};

std::int64_t wall_clock::machine_micros() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count();
}

/// Of `set_` with a value other than 0.
std::int64_t wall_clock::micros_of(std::int64_t set) {
    const bool stands = (set & 1) != 0;
    return stands ? set >> 1 : machine_micros() + (set >> 1);
}

std::optional<instant> wall_clock::set_by_test() {
    const std::int64_t set = set_.load(std::memory_order_relaxed);
    if (set == 0) [[likely]]
        return std::nullopt;
    return instant{micros_of(set)};
}

instant instant::now() {
    const std::int64_t set = wall_clock::set_.load(std::memory_order_relaxed);
    if (set == 0) [[likely]]
        return instant{wall_clock::machine_micros()};
    return instant{wall_clock::micros_of(set)};
}

}  // namespace tenon
