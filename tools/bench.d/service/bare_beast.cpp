// The least that Boost.Beast can do: one answer to every GET, an event loop a thread, keep-alive and a timeout. What
// a service costs beyond this is its own.
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

asio::awaitable<void> converse(tcp::socket socket) {
    boost::beast::tcp_stream stream(std::move(socket));
    boost::beast::flat_buffer buffer;
    for (bool open = true; open;) {
        stream.expires_after(std::chrono::seconds(30));
        http::request<http::string_body> request;
        co_await http::async_read(stream, buffer, request, asio::use_awaitable);
        http::response<http::string_body> response(http::status::ok, request.version());
        response.set(http::field::content_type, "application/json");
        response.keep_alive(request.keep_alive());
        response.body() = R"({"status":"ok"})";
        response.prepare_payload();
        co_await http::async_write(stream, response, asio::use_awaitable);
        open = response.keep_alive();
    }
}

asio::awaitable<void> listen(tcp::endpoint address) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::acceptor acceptor(executor, address.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
    acceptor.bind(address);
    acceptor.listen();
    while (true) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(executor, converse(std::move(socket)), asio::detached);
    }
}

}  // namespace

int main(int count, char** arguments) {
    const auto port = static_cast<unsigned short>(count > 1 ? std::atoi(arguments[1]) : 8080);
    const tcp::endpoint address(asio::ip::make_address("127.0.0.1"), port);
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
        threads.emplace_back([address] {
            asio::io_context loop(1);
            asio::co_spawn(loop, listen(address), asio::detached);
            loop.run();
        });
    }
    for (auto& thread : threads) thread.join();
}
