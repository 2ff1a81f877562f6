// IPv6 clients are networks.
#include "limits/client_network.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "http/client_address.hpp"

namespace tenon::limits {

std::string client_network(std::string_view address) {
    const auto canonical = http::parse_address(address);
    if (!canonical) return std::string(address);
    in6_addr six{};
    if (inet_pton(AF_INET6, canonical->c_str(), &six) != 1) return *canonical;
    std::fill(six.s6_addr + 8, six.s6_addr + 16, std::uint8_t{0});
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &six, text, sizeof text);
    return std::string(text) + "/64";
}

}  // namespace tenon::limits
