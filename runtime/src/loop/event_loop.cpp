// Sleeping, and coroutines that nobody waits for.
#include <tenon/loop/event_loop.hpp>

#include "loop/asio_event_loop.hpp"
#include "loop/detached.hpp"

namespace tenon {
namespace {

class sleep_awaiter {
  public:
    explicit sleep_awaiter(std::chrono::steady_clock::time_point when) : when_(when) {}
    bool await_ready() const noexcept { return when_ <= std::chrono::steady_clock::now(); }
    void await_suspend(std::coroutine_handle<> waiter) {
        timer_ = event_loop::current()->at(when_, [waiter] { waiter.resume(); });
    }
    void await_resume() const noexcept {}

  private:
    std::chrono::steady_clock::time_point when_;
    std::shared_ptr<void> timer_;  // dropped with the frame, so a destroyed sleeper is never resumed
};

detached run_detached(task<void> work) {
    co_await std::move(work);
}

detached run_and_stop(task<void> work, asio_event_loop* loop, std::exception_ptr* failure) {
    try {
        co_await std::move(work);
    } catch (...) {
        *failure = std::current_exception();
    }
    loop->stop();
}

}  // namespace

task<void> sleep_until(std::chrono::steady_clock::time_point when) {
    sleep_awaiter wait(when);
    co_await wait;
}

void start_detached(task<void> work) {
    run_detached(std::move(work));
}

void run_blocking(task<void> work) {
    asio_event_loop loop;
    std::exception_ptr failure;
    auto shared_work = std::make_shared<task<void>>(std::move(work));
    loop.post([&, shared_work] { run_and_stop(std::move(*shared_work), &loop, &failure); });
    loop.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace tenon
