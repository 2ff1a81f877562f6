// What happens to exceptions that leave a coroutine nobody waits for.
#include "loop/detached.hpp"

#include <exception>

#include <tenon/observe/log.hpp>

namespace tenon {

void detached::promise_type::unhandled_exception() const noexcept {
    try {
        throw;
    } catch (const std::exception& e) {
        log::error("a background coroutine failed", {{"what", e.what()}});
    } catch (...) {
        log::error("a background coroutine failed", {{"what", "an exception of unknown type"}});
    }
}

}  // namespace tenon
