// From a coroutine to its loop's connection, and back.
#include "redis/client.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "loop/asio_event_loop.hpp"
#include "redis/link.hpp"
#include "redis/redis_errors.hpp"

namespace tenon::redis {
namespace {

std::string sha1_hex(std::string_view text) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), bytes, &size, EVP_sha1(), nullptr);
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (unsigned int i = 0; i < size; ++i) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

std::vector<std::string> call_of(std::string_view verb, std::string_view what, const std::vector<std::string>& keys,
                                 const std::vector<std::string>& arguments) {
    std::vector<std::string> words;
    words.reserve(3 + keys.size() + arguments.size());
    words.emplace_back(verb);
    words.emplace_back(what);
    words.push_back(std::to_string(keys.size()));
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

class counted {
  public:
    explicit counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    ~counted() { --count_; }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;

  private:
    std::atomic<std::size_t>& count_;
};

}  // namespace

script::script(std::string text) : text_(std::move(text)), digest_(sha1_hex(text_)) {}

client::client(address where) : where_(std::make_shared<const address>(std::move(where))) {}

client::~client() {
    // Each on its own loop; those whose loop has gone have gone with it.
    for (auto& [loop, each] : links_) {
        if (each.expired()) continue;
        loop->post([loop = loop, each = each, key = where_] {
            if (const auto still = each.lock()) still->close(shutting_down());
            loop->unsettle(key.get());
        });
    }
}

link& client::link_of(asio_event_loop& loop) {
    // Every link holds the address, so no other client's can lie in the same place as long as one lives.
    const void* const key = where_.get();
    if (auto* const known = static_cast<link*>(loop.resident(key))) return *known;
    auto made = std::make_shared<link>(loop, where_);
    loop.settle(key, made);
    const std::lock_guard lock(mutex_);
    std::erase_if(links_, [](const auto& each) { return each.second.expired(); });
    links_.emplace_back(&loop, made);
    return *made;
}

task<result<reply>> client::run(std::vector<std::string> words, clock::time_point deadline) {
    const counted under_way(under_way_);
    if (draining_) co_return shutting_down();
    asio_event_loop* const loop = asio_event_loop::current();
    if (loop == nullptr) co_return error(errc::internal, "Redis was asked outside of an event loop");
    const auto mine = std::make_shared<command>(std::move(words), deadline);
    auto start = [this, loop, mine] { link_of(*loop).submit(mine); };
    completion_awaiter<reply, decltype(start)> answer(mine, std::move(start));
    co_return co_await answer;
}

task<result<reply>> client::run(const script& what, std::vector<std::string> keys, std::vector<std::string> arguments,
                                clock::time_point deadline) {
    auto known = call_of("EVALSHA", what.digest(), keys, arguments);
    auto outcome = co_await run(std::move(known), deadline);
    if (outcome || outcome.error().kind != no_such_script) co_return outcome;
    auto whole = call_of("EVAL", what.text(), keys, arguments);
    co_return co_await run(std::move(whole), deadline);
}

task<void> client::drain() {
    draining_ = true;
    while (under_way_ > 0) co_await sleep_until(clock::now() + std::chrono::milliseconds(5));
}

}  // namespace tenon::redis
