// The event loop over Boost.Asio.
#include "loop/asio_event_loop.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>

namespace tenon {
namespace {

thread_local asio_event_loop* running_loop = nullptr;

struct timer_token {
    boost::asio::steady_timer timer;
    std::function<void()> work;

    timer_token(boost::asio::io_context& context, std::chrono::steady_clock::time_point when, std::function<void()> w)
        : timer(context, when), work(std::move(w)) {}
};

class running_loop_scope {
  public:
    explicit running_loop_scope(asio_event_loop* loop) : before_(std::exchange(running_loop, loop)) {}
    ~running_loop_scope() { running_loop = before_; }
    running_loop_scope(const running_loop_scope&) = delete;
    running_loop_scope& operator=(const running_loop_scope&) = delete;

  private:
    asio_event_loop* before_;
};

}  // namespace

event_loop* event_loop::current() {
    return running_loop;
}

asio_event_loop* asio_event_loop::current() {
    return running_loop;
}

asio_event_loop::asio_event_loop() : context_(1), busy_(context_.get_executor()) {}

void asio_event_loop::post(std::function<void()> work) {
    boost::asio::post(context_, std::move(work));
}

std::shared_ptr<void> asio_event_loop::at(std::chrono::steady_clock::time_point when, std::function<void()> work) {
    auto token = std::make_shared<timer_token>(context_, when, std::move(work));
    token->timer.async_wait([weak = std::weak_ptr<timer_token>(token)](boost::system::error_code failure) {
        auto alive = weak.lock();
        if (!alive || failure) return;
        // The work may destroy the token, so it must not live inside of it while it runs.
        auto work_now = std::move(alive->work);
        alive.reset();
        work_now();
    });
    return token;
}

void asio_event_loop::run() {
    const running_loop_scope scope(this);
    context_.run();
    for (auto& [key, each] : std::exchange(residents_, {})) each->loop_ended();
}

loop_resident* asio_event_loop::resident(const void* key) const {
    for (const auto& [known, each] : residents_)
        if (known == key) return each.get();
    return nullptr;
}

void asio_event_loop::settle(const void* key, std::shared_ptr<loop_resident> resident) {
    residents_.emplace_back(key, std::move(resident));
}

void asio_event_loop::unsettle(const void* key) {
    std::erase_if(residents_, [key](const auto& each) { return each.first == key; });
}

void asio_event_loop::stop() {
    context_.stop();
}

}  // namespace tenon
