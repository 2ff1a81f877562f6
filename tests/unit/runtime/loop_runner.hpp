// Runs coroutines in tests: one event loop on a thread of its own, and a blocking wait for results.
#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include <tenon/core/task.hpp>
#include <tenon/loop/event_loop.hpp>

#include "loop/asio_event_loop.hpp"

namespace tenon::test {

/// A deadline that no test reaches.
inline std::chrono::steady_clock::time_point soon() {
    return std::chrono::steady_clock::now() + std::chrono::seconds(30);
}

class loop_runner {
  public:
    loop_runner() : thread_([this] { loop_.run(); }) {}
    ~loop_runner() {
        loop_.stop();
        thread_.join();
    }

    /// Starts `work` on the loop; the future holds what it returns.
    template <class T>
    std::future<T> start(task<T> work) {
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        auto shared = std::make_shared<task<T>>(std::move(work));
        loop_.post([shared, promise] { start_detached(forward(shared, promise)); });
        return future;
    }
    template <class T>
    T wait(task<T> work) {
        return start(std::move(work)).get();
    }
    /// Runs a plain function on the loop's thread and waits for it.
    void run(std::function<void()> work) {
        std::promise<void> done;
        loop_.post([&] { work(), done.set_value(); });
        done.get_future().get();
    }
    /// What `work` starts from here begins all at once, when it is through: the loop is busy until then.
    void at_once(const std::function<void()>& work) {
        std::promise<void> all_asked;
        loop_.post([asked = all_asked.get_future().share()] { asked.wait(); });
        work();
        all_asked.set_value();
    }
    event_loop& loop() { return loop_; }

  private:
    template <class T>
    static task<void> forward(std::shared_ptr<task<T>> work, std::shared_ptr<std::promise<T>> promise) {
        try {
            T out = co_await *work;
            promise->set_value(std::move(out));
        } catch (...) {
            promise->set_exception(std::current_exception());
        }
    }

    asio_event_loop loop_;
    std::thread thread_;
};

}  // namespace tenon::test
