// Looking host names up, by Asio's resolver.
#include "boost/host_lookup.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace tenon {

using resolver = boost::asio::ip::tcp::resolver;

void look_up_host(asio_event_loop& loop, const std::string& host, std::function<void(std::vector<std::string>)> then) {
    boost::system::error_code failure;
    (void)boost::asio::ip::make_address(host, failure);
    if (!failure) return loop.post([host, then = std::move(then)] { then({host}); });
    auto asking = std::make_shared<resolver>(loop.context());
    asking->async_resolve(
        host, "",
        [asking, then = std::move(then)](const boost::system::error_code& wrong, const resolver::results_type& found) {
            std::vector<std::string> out;
            if (!wrong) {
                for (const auto& each : found) out.push_back(each.endpoint().address().to_string());
            }
            then(std::move(out));
        });
}

}  // namespace tenon
