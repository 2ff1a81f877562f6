// Whose request it is: addresses as sockets and proxies write them, in one form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/http/message.hpp>

namespace tenon::http {

/// The canonical text of one address: "192.0.2.7", "2001:db8::1". Takes what proxies write as a hop of
/// X-Forwarded-For: an address, with or without a port, brackets, quotes or a zone. An IPv4 address that was mapped or
/// translated (::ffff:0:0/96, 64:ff9b::/96) is that IPv4 address. Empty for anything else.
std::optional<std::string> parse_address(std::string_view hop);

/// The last hop of the last X-Forwarded-For: the one that our own proxy has written; those before it are the client's
/// word. Empty without that header.
std::string_view last_hop(const std::vector<header>& headers);

}  // namespace tenon::http
