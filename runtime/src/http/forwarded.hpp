// What a proxy says of the client behind it.
#pragma once

#include <string_view>
#include <vector>

#include <tenon/http/message.hpp>

namespace tenon::http {

/// The last hop of the last X-Forwarded-For: the one that our own proxy has written; those before it are the client's
/// word. Empty without that header.
std::string_view last_hop(const std::vector<header>& headers);

}  // namespace tenon::http
