// Tells when a socket that another library owns can be read or written.
#pragma once

#include <functional>
#include <memory>

#include "loop/asio_event_loop.hpp"

namespace tenon {

/// Lives on its loop's thread. The socket stays the owner's: it is neither read nor closed here, and must stay open for
/// as long as the watch lives. Once the watch is destroyed, nothing is called any more.
class socket_watch {
  public:
    socket_watch(asio_event_loop& loop, int socket);
    ~socket_watch();
    socket_watch(const socket_watch&) = delete;
    socket_watch& operator=(const socket_watch&) = delete;

    /// Calls `work` once, as soon as the socket can be read (or has failed). At most one such wait at a time.
    void when_readable(std::function<void()> work);
    /// The same for writing.
    void when_writable(std::function<void()> work);

  private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace tenon
