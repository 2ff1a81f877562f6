// The HTTP server: loops, acceptors, the tick that enforces deadlines, and the drain.
#include "http/server.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>

#include <sched.h>
#include <time.h>

#include <atomic>
#include <thread>
#include <utility>

#include <tenon/observe/log.hpp>

#include "core/ip_address.hpp"
#include "core/thread_name.hpp"
#include "http/connection.hpp"
#include "http/response_text.hpp"
#include "loop/asio_event_loop.hpp"
#include "loop/detached.hpp"

namespace tenon::http {
namespace {

using boost::asio::ip::tcp;
using acceptor = boost::asio::basic_socket_acceptor<tcp, boost::asio::io_context::executor_type>;
using clock = std::chrono::steady_clock;
using reuse_port = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

// How late a deadline may be noticed: a quarter of the shortest one, between 5 and 100 ms.
std::chrono::milliseconds tick_interval(const server_options& options) {
    const auto shortest = std::min({options.header_timeout, options.body_timeout, options.request_timeout});
    return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(100));
}

// Each answer of the database wakes a loop, and a loop that takes the processor at once keeps the database from its
// next answer: where both share processors, reads took a third longer, and now and then a server process got no turn
// for 300 ms. Under SCHED_BATCH (sched(7)) whoever runs finishes its slice first. Where that is not allowed, nothing
// changes.
void leave_others_their_slice() {
    const sched_param none{};
    (void)::sched_setscheduler(0, SCHED_BATCH, &none);
}

std::chrono::nanoseconds used_by_this_thread() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

// One loop with its thread, acceptor and connections. Everything but `post`ed entry points runs on the loop.
class shard {
  public:
    shard(const server_options& options, request_handler& handler, observe::metrics& metrics, client_shares& clients,
          std::atomic<std::size_t>& open)
        : options_(options),
          metrics_(metrics),
          open_(open),
          proxy_(options.trust_proxy ? clients.of_proxy() : nullptr),
          acceptor_(loop_.context()),
          context_(options, handler, clients, metrics),
          interval_(tick_interval(options)) {}

    /// Listens on `endpoint`; with `probe`, first makes sure that nobody else does, since sharing a port with another
    /// process by accident would look like a service that answers every other request.
    result<std::uint16_t> listen(tcp::endpoint endpoint, bool probe) {
        boost::system::error_code failure;
        if (probe) {
            acceptor test(loop_.context());
            failure = open(test, endpoint, false);
        }
        if (!failure) failure = open(acceptor_, endpoint, true);
        const auto bound = failure ? tcp::endpoint() : acceptor_.local_endpoint(failure);
        if (failure) {
            return error(errc::unavailable, "cannot listen on " + options_.host + ":" +
                                                std::to_string(endpoint.port()) + ": " + failure.message());
        }
        return bound.port();
    }

    void start() {
        thread_ = std::thread([this] {
            name_thread("loop");
            leave_others_their_slice();
            loop_.post([this] {
                tick();
                accept_next();
            });
            loop_.run();
        });
    }

    /// Clients that still send or read at `clients_until` are not waited for any longer.
    void begin_drain(clock::time_point clients_until) {
        loop_.post([this, clients_until] {
            draining_ = true;
            context_.clients_until = clients_until;
            accept_pending();
            boost::system::error_code ignored;
            acceptor_.close(ignored);
            each_connection([](connection& c) { c.drain(); });
            tick();  // from now on in short steps
        });
    }
    void abort_all() {
        loop_.post([this] { each_connection([](connection& c) { c.abort(); }); });
    }
    /// True, eventually, once a drain has left nothing to do. Thread-safe.
    bool is_quiet() const { return quiet_.load(); }
    /// True, eventually, when no handler runs. Thread-safe.
    bool has_no_handler() const { return no_handler_.load(); }

    void stop_and_join() {
        loop_.stop();
        if (thread_.joinable()) thread_.join();
        context_.destroy_handlers();
    }

  private:
    boost::system::error_code open(acceptor& a, const tcp::endpoint& endpoint, bool share) {
        boost::system::error_code failure;
        a.open(endpoint.protocol(), failure);
        if (!failure) a.set_option(acceptor::reuse_address(true), failure);
        if (!failure && share) a.set_option(reuse_port(true), failure);
        if (!failure) a.bind(endpoint, failure);
        if (!failure) a.listen(boost::asio::socket_base::max_listen_connections, failure);
        if (!failure) a.non_blocking(true, failure);
        return failure;
    }

    void accept_next() {
        if (draining_) return;
        acceptor_.async_accept(loop_.context().get_executor(),
                               [this](boost::system::error_code failure, tcp_socket socket) {
                                   if (failure == boost::asio::error::operation_aborted || draining_) return;
                                   if (failure) return retry_accept(failure);
                                   take(std::move(socket));
                                   accept_next();
                               });
    }

    // Out of file descriptors, most likely: connections that end will free some.
    void retry_accept(const boost::system::error_code& failure) {
        log::warn("accept failed", {{"what", failure.message()}});
        retry_ = loop_.at(clock::now() + std::chrono::milliseconds(100), [this] { accept_next(); });
    }

    // Clients that the kernel has accepted for us already are not to be turned away by a drain.
    void accept_pending() {
        boost::system::error_code failure;
        while (!failure) {
            tcp_socket socket(loop_.context());
            acceptor_.accept(socket, failure);
            if (!failure) take(std::move(socket));
        }
    }

    // A socket that is not taken is closed.
    void take(tcp_socket socket) {
        boost::system::error_code gone;
        const auto peer = socket.remote_endpoint(gone);
        if (gone) return;
        const std::string text = peer.address().to_string();
        std::string address = parse_address(text).value_or(text);
        // Behind a proxy all clients come from its address: it has to bound their connections itself.
        std::shared_ptr<client_share> client = options_.trust_proxy ? proxy_ : context_.clients.of(address);
        const std::size_t most = options_.trust_proxy ? options_.max_connections : options_.max_connections_per_client;
        place of_all(open_, options_.max_connections);
        if (!of_all) return refuse("connections");
        place of_client(client->connections, most);
        if (!of_client) return refuse("connections_per_address");
        metrics_.connection_opened();
        client_claim claim(std::move(client), std::move(of_all), std::move(of_client));
        run(*this, std::make_shared<connection>(std::move(socket), context_, std::move(claim), std::move(address)));
    }

    void refuse(std::string_view budget) {
        metrics_.budget_refused(budget);
        metrics_.connection_refused();
    }

    static detached run(shard& self, std::shared_ptr<connection> one) {
        self.add(one);
        if (self.draining_) one->drain();
        co_await one->serve();
        self.remove(*one);
    }

    void add(const std::shared_ptr<connection>& one) {
        one->position = connections_.size();
        connections_.push_back(one);
    }
    void remove(const connection& one) {
        const std::size_t hole = one.position;
        std::swap(connections_[hole], connections_.back());
        connections_[hole]->position = hole;
        connections_.pop_back();
        metrics_.connection_closed();
    }

    // Works on a copy: what is called may end connections and so change the list.
    template <class Do>
    void each_connection(Do what) {
        const std::vector<std::shared_ptr<connection>> all = connections_;
        for (const auto& one : all) what(*one);
    }

    void tick() {
        const auto now = clock::now();
        metrics_.loop_late(now - std::min(due_, now));
        const auto used = used_by_this_thread();
        metrics_.loop_worked(used - std::exchange(used_, used));
        if (now >= next_second_) {
            context_.date = http_date_now();
            next_second_ = now + std::chrono::milliseconds(250);
        }
        expired_.clear();
        for (const auto& one : connections_) {
            if (one->is_late(now)) expired_.push_back(one);
        }
        for (const auto& one : expired_) one->expire();
        expired_.clear();
        no_handler_ = context_.idle();
        quiet_ = draining_ && connections_.empty() && context_.idle();
        due_ = now + (draining_ ? std::min(interval_, std::chrono::milliseconds(10)) : interval_);
        timer_ = loop_.at(due_, [this] { tick(); });
    }

    const server_options& options_;
    observe::metrics& metrics_;
    std::atomic<std::size_t>& open_;
    const std::shared_ptr<client_share> proxy_;
    asio_event_loop loop_;
    acceptor acceptor_;
    connection_context context_;
    std::chrono::milliseconds interval_;
    std::vector<std::shared_ptr<connection>> connections_;
    std::vector<std::shared_ptr<connection>> expired_;
    std::shared_ptr<void> timer_;
    std::shared_ptr<void> retry_;
    clock::time_point next_second_;
    clock::time_point due_ = clock::time_point::max();  ///< When `tick` is to run again.
    std::chrono::nanoseconds used_{};                   ///< Processor time of its thread at the last tick.
    bool draining_ = false;
    std::atomic<bool> quiet_{false};
    std::atomic<bool> no_handler_{true};
    std::thread thread_;
};

}  // namespace

struct server::impl {
    server_options options;
    client_shares clients;
    std::atomic<std::size_t> open{0};
    std::vector<std::unique_ptr<shard>> shards;
    std::uint16_t port = 0;
    bool stopped = false;

    impl(server_options o, byte_budget& memory)
        : options(std::move(o)), clients(memory, std::min(memory.limit(), options.memory_per_client_bytes)) {}

    result<void> listen(request_handler& handler, observe::metrics& metrics) {
        boost::system::error_code failure;
        const auto address = boost::asio::ip::make_address(options.host, failure);
        if (failure) return error(errc::unavailable, "HOST must be an IP address, not " + options.host);
        port = options.port;
        for (std::size_t i = 0; i < options.loops; ++i) {
            auto next = std::make_unique<shard>(options, handler, metrics, clients, open);
            TRY_ASSIGN(port, next->listen(tcp::endpoint(address, port), i == 0 && port != 0));
            shards.push_back(std::move(next));
        }
        return {};
    }

    bool all(bool (shard::*what)() const) const {
        return std::all_of(shards.begin(), shards.end(), [&](const auto& s) { return (*s.*what)(); });
    }
    bool wait_until_quiet(clock::time_point until) const {
        const auto all_quiet = [&] { return all(&shard::is_quiet); };
        while (!all_quiet() && clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return all_quiet();
    }
};

server::server(std::unique_ptr<impl> i) : impl_(std::move(i)) {}

server::~server() {
    stop();
}

result<std::unique_ptr<server>> server::start(server_options options, request_handler& handler,
                                              observe::metrics& metrics, byte_budget& memory) {
    auto made = std::make_unique<impl>(std::move(options), memory);
    TRY(made->listen(handler, metrics));
    for (auto& each : made->shards) each->start();
    return std::unique_ptr<server>(new server(std::move(made)));
}

std::uint16_t server::port() const {
    return impl_->port;
}

bool server::stop() {
    if (std::exchange(impl_->stopped, true)) return true;
    const auto patience = impl_->options.drain_timeout;
    const auto until = clock::now() + patience;
    // Clients get a little less, so that what they hear still goes out in time.
    const auto clients_until = until - std::min<std::chrono::milliseconds>(patience / 4, std::chrono::seconds(1));
    for (auto& each : impl_->shards) each->begin_drain(clients_until);
    const bool quiet = impl_->wait_until_quiet(until);
    // A client that takes longer is cut off; that is no request which the service left without its answer.
    const bool in_time = quiet || impl_->all(&shard::has_no_handler);
    if (!quiet) {
        for (auto& each : impl_->shards) each->abort_all();
        impl_->wait_until_quiet(clock::now() + std::chrono::seconds(1));
    }
    for (auto& each : impl_->shards) each->stop_and_join();
    return in_time;
}

}  // namespace tenon::http
