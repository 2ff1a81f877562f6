// Whom an address stands for when requests are counted.
#pragma once

#include <string>
#include <string_view>

namespace tenon::limits {

/// An IPv4 address is itself, also as "::ffff:192.0.2.1"; of an IPv6 address the network of 64 bits,
/// "2001:db8:0:1::/64": a client may have as many addresses in it as it likes. Text that is no address stays as it is.
std::string client_network(std::string_view address);

}  // namespace tenon::limits
