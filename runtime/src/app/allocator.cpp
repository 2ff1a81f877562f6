// jemalloc, which is linked in place of the C library's allocator: see docs/decisions/0020-memory-goes-back.md.
#include "app/allocator.hpp"

#include <jemalloc/jemalloc.h>
#include <sys/types.h>

#include <cstddef>
#include <string>

namespace tenon::app {
namespace {

// Under a sanitizer the allocator is another one, and these have no effect.
template <class T>
void set(const std::string& name, T value) {
    (void)mallctl(name.c_str(), nullptr, nullptr, &value, sizeof value);
}

}  // namespace

void give_memory_back_soon() {
    constexpr ssize_t kept_ms = 10'000;
    set("arenas.dirty_decay_ms", kept_ms);  // of arenas to come
    set("arenas.muzzy_decay_ms", ssize_t{0});
    const std::string all = "arena." + std::to_string(MALLCTL_ARENAS_ALL);
    set(all + ".dirty_decay_ms", kept_ms);
    set(all + ".muzzy_decay_ms", ssize_t{0});
    set("background_thread", true);
}

}  // namespace tenon::app
