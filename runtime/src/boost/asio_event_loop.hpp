// The event loop over Boost.Asio: one io_context that exactly one thread runs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <tenon/core/event_loop.hpp>

namespace tenon {

class asio_event_loop final : public event_loop {
  public:
    asio_event_loop();

    void post(std::function<void()> work) override;
    std::shared_ptr<void> at(std::chrono::steady_clock::time_point when, std::function<void()> work) override;

    /// Runs on the calling thread until `stop`; `event_loop::current()` is this loop meanwhile.
    void run();
    /// Makes `run` return soon, whatever is still pending. Thread-safe.
    void stop();

    boost::asio::io_context& context() { return context_; }

    /// The loop that the calling thread runs; null outside of loops.
    static asio_event_loop* current() { return static_cast<asio_event_loop*>(event_loop::current()); }
    /// A place for something that lives as long as the loop, for whoever chose `number`. Loop thread only.
    std::shared_ptr<void>& own(std::uint64_t number) { return owned_[number]; }

  private:
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_;
    std::map<std::uint64_t, std::shared_ptr<void>> owned_;
};

}  // namespace tenon
