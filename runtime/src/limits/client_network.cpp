// IPv6 clients are networks.
#include "limits/client_network.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace tenon::limits {

std::string client_network(std::string_view address) {
    std::string out(address);
    if (address.find(':') == address.npos) return out;
    // A zone ("fe80::1%eth0") is of this machine, not of the client.
    in6_addr six{};
    if (inet_pton(AF_INET6, out.substr(0, out.find('%')).c_str(), &six) != 1) return out;
    char text[INET6_ADDRSTRLEN];
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        inet_ntop(AF_INET, &six.s6_addr[12], text, sizeof text);
        return text;
    }
    std::fill(six.s6_addr + 8, six.s6_addr + 16, std::uint8_t{0});
    inet_ntop(AF_INET6, &six, text, sizeof text);
    return std::string(text) + "/64";
}

}  // namespace tenon::limits
