// Waiting for a borrowed socket, by Asio's descriptors.
#include "loop/socket_watch.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

namespace tenon {

struct socket_watch::state {
    state(boost::asio::io_context& context, int socket) : descriptor(context, socket) {}

    boost::asio::posix::stream_descriptor descriptor;
    bool ended = false;
};

socket_watch::socket_watch(asio_event_loop& loop, int socket)
    : state_(std::make_shared<state>(loop.context(), socket)) {}

socket_watch::~socket_watch() {
    state_->ended = true;
    state_->descriptor.release();
}

void socket_watch::when_readable(std::function<void()> work) {
    state_->descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                                  [s = state_, then = std::move(work)](const boost::system::error_code&) {
                                      if (!s->ended) then();
                                  });
}

void socket_watch::when_writable(std::function<void()> work) {
    state_->descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                                  [s = state_, then = std::move(work)](const boost::system::error_code&) {
                                      if (!s->ended) then();
                                  });
}

}  // namespace tenon
