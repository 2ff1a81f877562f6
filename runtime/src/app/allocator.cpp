// jemalloc, which is linked in place of the C library's allocator: see docs/decisions/0020-memory-goes-back.md.
#include "app/allocator.hpp"

#include <jemalloc/jemalloc.h>

#include <tenon/observe/log.hpp>

namespace tenon::app {

void give_memory_back() {
    bool on = true;
    // Under a sanitizer the allocator is another one, and this has no effect.
    if (const int failed = mallctl("background_thread", nullptr, nullptr, &on, sizeof on); failed != 0)
        log::warn("free memory is given back late", {{"error", failed}});
}

}  // namespace tenon::app
