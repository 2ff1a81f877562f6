// Addresses of clients as sockets and proxies write them, in one form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenon {

/// The canonical text of one address: "192.0.2.7", "2001:db8::1". Takes what proxies write as a hop of
/// X-Forwarded-For: an address, with or without a port, brackets, quotes or a zone. An IPv4 address that was mapped or
/// translated (::ffff:0:0/96, 64:ff9b::/96) is that IPv4 address. Empty for anything else.
std::optional<std::string> parse_address(std::string_view hop);

/// Whom an address stands for when requests are counted. An IPv4 address is itself, also as "::ffff:192.0.2.1"; of an
/// IPv6 address the network of 64 bits, "2001:db8:0:1::/64": a client may have as many addresses in it as it likes.
/// Text that is no address stays as it is.
std::string client_network(std::string_view address);

}  // namespace tenon
