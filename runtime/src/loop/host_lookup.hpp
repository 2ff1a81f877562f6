// Looks host names up without holding the loop.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "loop/asio_event_loop.hpp"

namespace tenon {

/// Whether `host` is a numeric address, which nobody needs to look up.
bool is_address(const std::string& host);

/// Calls `then` on the loop, later, with the numeric addresses of `host` (itself when it is one); with none when there
/// is no such name. Call it on the loop's thread. A loop that ends drops the call and does not wait for the resolver.
void look_up_host(asio_event_loop& loop, const std::string& host, std::function<void(std::vector<std::string>)> then);

}  // namespace tenon
