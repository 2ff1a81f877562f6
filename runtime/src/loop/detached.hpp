// A coroutine that starts at once, belongs to nobody and destroys itself at its end.
#pragma once

#include <coroutine>

#include <tenon/core/task.hpp>

namespace tenon {

/// Return type of such coroutines. An exception that leaves one is a bug: it is logged, and the coroutine ends.
struct detached {
    struct promise_type {
        static void* operator new(std::size_t bytes) { return detail::take_frame(bytes); }
        static void operator delete(void* frame, std::size_t bytes) noexcept { detail::give_frame(frame, bytes); }

        detached get_return_object() const noexcept { return {}; }
        std::suspend_never initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept;
    };
};

}  // namespace tenon
