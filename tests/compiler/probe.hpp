// Counts constructions and destructions around one coroutine: exit 0 when they balance, 3 when they do not.
#pragma once

#include <coroutine>
#include <cstdlib>
#include <utility>

inline int alive = 0;

struct tracked {
    tracked() { ++alive; }
    tracked(const tracked&) { ++alive; }
    tracked(tracked&&) noexcept { ++alive; }
    tracked& operator=(const tracked&) = default;
    tracked& operator=(tracked&&) = default;
    ~tracked() { --alive; }
};

/// Runs at once and to its end; awaiting it does not suspend.
struct simple_task {
    struct promise_type {
        simple_task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::abort(); }
    };
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};

simple_task probe();

int main() {
    probe();
    return alive == 0 ? 0 : 3;
}
