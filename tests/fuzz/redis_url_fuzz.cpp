// Fuzzes REDIS_URL: nothing crashes, what is taken can be used, and no message repeats what was given.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "redis/redis_url.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    static const std::string words = tenon::redis::parse_url("").error().message;
    for (const std::string& url : {text, "redis://" + text, "unix://" + text}) {
        const auto found = tenon::redis::parse_url(url);
        if (!found) {
            // All messages are made of the same few words: the given password is none of them.
            require(found.error().message.size() < words.size() + 120);
            require(found.error().message.find("hunter22") == std::string::npos);
            continue;
        }
        require(found->host.empty() != found->path.empty());
        require(found->path.empty() || found->path.front() == '/');
        require(found->port != 0 && found->database >= 0);
        require(found->user.empty() || !found->password.empty());
    }
    return 0;
}
