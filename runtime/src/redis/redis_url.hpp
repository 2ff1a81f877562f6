// What REDIS_URL may say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::redis {

/// Where a Redis is, and as whom to speak to it.
struct address {
    std::string host;  ///< A name or a numeric address; empty for a Unix socket.
    std::uint16_t port = 6379;
    std::string path;  ///< Of a Unix socket; empty for TCP.
    std::string user;  ///< Empty: the default user.
    std::string password;
    int database = 0;
};

/// "redis://[[user]:password@]host[:port][/db]" or "unix://[[user]:password@]/path[?db=N]", user and password
/// percent-encoded. errc::invalid says what is wrong, and never has any part of the URL.
result<address> parse_url(std::string_view url);

}  // namespace tenon::redis
