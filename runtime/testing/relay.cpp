// A thread that waits for connections, and two for each of them: plain sockets are enough for tests.
#include "relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace tenon::testing {
namespace {

class descriptor {
  public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    int number() const { return number_; }

  private:
    int number_;
};
using descriptor_ptr = std::shared_ptr<descriptor>;

sockaddr_in local(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

descriptor_ptr tcp_socket() {
    return std::make_shared<descriptor>(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

/// Until `from` ends; then `to` is told so.
void pass_on(const descriptor& from, const descriptor& to) {
    char bytes[16 * 1024];
    ssize_t got = 0;
    while ((got = ::recv(from.number(), bytes, sizeof bytes, 0)) > 0) {
        for (ssize_t sent = 0; sent < got;) {
            const ssize_t now = ::send(to.number(), bytes + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
            if (now <= 0) break;
            sent += now;
        }
    }
    ::shutdown(to.number(), SHUT_WR);
}

}  // namespace

struct relay::impl {
    impl() {
        sockaddr_in address = local(0);
        socklen_t size = sizeof address;
        auto* const as_any = reinterpret_cast<sockaddr*>(&address);
        const bool listens = ::bind(listener->number(), as_any, size) == 0 && ::listen(listener->number(), 512) == 0 &&
                             ::getsockname(listener->number(), as_any, &size) == 0;
        if (!listens) throw std::runtime_error("no port for the relay");
        port = ntohs(address.sin_port);
        waiting = std::thread([this] { accept_all(); });
    }
    ~impl() {
        ::shutdown(listener->number(), SHUT_RDWR);
        waiting.join();
        // The servers have been stopped, or stop; their connections end, and with them the threads.
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (open.load() > 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (open.load() > 0) std::abort();  // its threads use what is about to be destroyed
    }

    void accept_all() {
        for (;;) {
            const int accepted = ::accept4(listener->number(), nullptr, nullptr, SOCK_CLOEXEC);
            if (accepted < 0) return;
            auto client = std::make_shared<descriptor>(accepted);
            auto server = tcp_socket();
            const sockaddr_in address = local(next());
            const bool connected =
                ::connect(server->number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
            if (!connected) continue;  // the client sees its connection close
            open += 2;
            for (const auto& [from, to] : {std::pair(client, server), std::pair(server, client)}) {
                std::thread([this, from = from, to = to] {
                    pass_on(*from, *to);
                    --open;
                }).detach();
            }
        }
    }

    std::uint16_t next() {
        const std::lock_guard lock(mutex);
        return servers.empty() ? 0 : servers[turn++ % servers.size()];
    }

    const descriptor_ptr listener = tcp_socket();
    std::uint16_t port = 0;
    std::mutex mutex;
    std::vector<std::uint16_t> servers;
    std::size_t turn = 0;
    std::atomic<int> open{0};
    std::thread waiting;
};

relay::relay() : impl_(std::make_unique<impl>()) {}
relay::~relay() = default;

std::uint16_t relay::port() const {
    return impl_->port;
}

void relay::lead_to(std::vector<std::uint16_t> servers) {
    const std::lock_guard lock(impl_->mutex);
    impl_->servers = std::move(servers);
}

}  // namespace tenon::testing
