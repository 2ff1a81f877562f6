// task<T>: a lazily started coroutine. Standard library only, so that files which include it compile fast.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

namespace tenon {

template <class T>
class task;

namespace detail {

/// Memory of coroutine frames: what a thread gives back, it gets again.
void* take_frame(std::size_t bytes);
void give_frame(void* frame, std::size_t bytes) noexcept;

struct task_promise_base {
    static void* operator new(std::size_t bytes) { return take_frame(bytes); }
    static void operator delete(void* frame, std::size_t bytes) noexcept { give_frame(frame, bytes); }

    std::coroutine_handle<> continuation = std::noop_coroutine();

    struct final_awaiter {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> done) const noexcept {
            return done.promise().continuation;
        }
        void await_resume() const noexcept {}
    };
    std::suspend_always initial_suspend() const noexcept { return {}; }
    final_awaiter final_suspend() const noexcept { return {}; }
};

template <class T>
struct task_promise : task_promise_base {
    std::variant<std::monostate, T, std::exception_ptr> state;

    task<T> get_return_object();
    template <class U>
    void return_value(U&& value) {
        state.template emplace<1>(std::forward<U>(value));
    }
    void unhandled_exception() noexcept { state.template emplace<2>(std::current_exception()); }
    T take() {
        if (state.index() == 2) std::rethrow_exception(std::get<2>(state));
        return std::move(std::get<1>(state));
    }
};

template <>
struct task_promise<void> : task_promise_base {
    std::exception_ptr failure;

    task<void> get_return_object();
    void return_void() noexcept {}
    void unhandled_exception() noexcept { failure = std::current_exception(); }
    void take() const {
        if (failure) std::rethrow_exception(failure);
    }
};

}  // namespace detail

/// Owns the coroutine's frame; starts when awaited and resumes the awaiter when done. Await it at most once.
template <class T>
class [[nodiscard]] task {
  public:
    using promise_type = detail::task_promise<T>;

    explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
    task(task&& other) noexcept : frame_(std::exchange(other.frame_, {})) {}
    task& operator=(task&& other) noexcept {
        if (this != &other) {
            if (frame_) frame_.destroy();
            frame_ = std::exchange(other.frame_, {});
        }
        return *this;
    }
    ~task() {
        if (frame_) frame_.destroy();
    }

    struct awaiter {
        std::coroutine_handle<promise_type> frame;
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept {
            frame.promise().continuation = caller;
            return frame;
        }
        T await_resume() { return frame.promise().take(); }
    };
    awaiter operator co_await() && noexcept { return awaiter{frame_}; }
    awaiter operator co_await() & noexcept { return awaiter{frame_}; }

  private:
    std::coroutine_handle<promise_type> frame_;
};

template <class T>
task<T> detail::task_promise<T>::get_return_object() {
    return task<T>(std::coroutine_handle<task_promise<T>>::from_promise(*this));
}
inline task<void> detail::task_promise<void>::get_return_object() {
    return task<void>(std::coroutine_handle<task_promise<void>>::from_promise(*this));
}

}  // namespace tenon
