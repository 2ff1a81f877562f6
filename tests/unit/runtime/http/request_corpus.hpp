// What clients send, well and badly: bytes for tests of how they are read.
#pragma once

#include <string>
#include <vector>

#include "http/server_options.hpp"

namespace tenon::test {

struct sent_bytes {
    std::string name;
    std::string bytes;
};

/// Bounds that the corpus reaches, each below, at and above.
http::server_options corpus_options();

/// Good and bad requests, alone, pipelined and cut off; none is longer than a few reads.
std::vector<sent_bytes> short_requests();
/// With headers and bodies at the edges of every buffer and limit.
std::vector<sent_bytes> long_requests();

}  // namespace tenon::test
