// The event loop over Boost.Asio: one io_context that exactly one thread runs.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <utility>
#include <vector>

#include <tenon/loop/event_loop.hpp>

namespace tenon {

/// Something that lives on one loop, such as the loop's own connections to a server.
class loop_resident {
  public:
    virtual ~loop_resident() = default;
    /// On the loop's thread, after everything else that ever runs there: lets go of whatever belongs to the loop, and
    /// resumes nobody.
    virtual void loop_ended() = 0;
};

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

    /// The one that the calling thread runs; null outside of loops.
    static asio_event_loop* current();
    /// Who lives here under this key, such as the address of what it was made for; null for nobody. These three on the
    /// loop's thread only.
    loop_resident* resident(const void* key) const;
    void settle(const void* key, std::shared_ptr<loop_resident> resident);
    void unsettle(const void* key);

  private:
    std::vector<std::pair<const void*, std::shared_ptr<loop_resident>>> residents_;
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_;
};

}  // namespace tenon
