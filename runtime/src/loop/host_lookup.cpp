// Looking host names up, each on a thread that nobody joins: getaddrinfo may take half a minute and cannot be
// interrupted. Asio's resolver has one thread for all names of a loop, and joins it when the loop ends.
#include "loop/host_lookup.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <boost/asio/ip/address.hpp>

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/thread_name.hpp"

namespace tenon {
namespace {

using addresses = std::vector<std::string>;
using continuation = std::function<void(addresses)>;

addresses ask_resolver(const std::string& host) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return {};
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
    addresses out;
    std::array<char, NI_MAXHOST> text{};
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        if (::getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
            out.emplace_back(text.data());
    }
    return out;
}

/// The look-ups of one loop. A name that is being looked up already is not asked for again, so a resolver that hangs
/// costs one thread for each name.
class host_lookups final : public loop_resident {
  public:
    static host_lookups& of(asio_event_loop& loop) {
        static constexpr char key = 0;
        if (auto* const known = static_cast<host_lookups*>(loop.resident(&key))) return *known;
        auto made = std::make_shared<host_lookups>(loop);
        loop.settle(&key, made);
        return *made;
    }
    explicit host_lookups(asio_event_loop& loop) : home_(std::make_shared<home>()) { home_->loop = &loop; }

    void ask(const std::string& host, continuation then) {
        const auto [place, is_first] = waiting_.try_emplace(host);
        place->second.push_back(std::move(then));
        if (!is_first) return;
        try {
            std::thread([this, home = home_, host] {
                name_thread("host-lookup");
                auto found = ask_resolver(host);
                const std::lock_guard lock(home->mutex);
                // The loop, as long as it has not ended, keeps `this`.
                if (home->loop) home->loop->post([this, host, found = std::move(found)] { tell(host, found); });
            }).detach();
        } catch (const std::system_error&) {  // no more threads
            home_->loop->post([this, host] { tell(host, {}); });
        }
    }
    void loop_ended() override {
        const std::lock_guard lock(home_->mutex);
        home_->loop = nullptr;
    }

  private:
    /// Shared with the threads, which may outlive the loop.
    struct home {
        std::mutex mutex;
        asio_event_loop* loop = nullptr;
    };

    void tell(const std::string& host, const addresses& found) {
        const auto asked = waiting_.extract(host);
        for (const continuation& each : asked.mapped()) each(found);
    }

    std::shared_ptr<home> home_;
    std::map<std::string, std::vector<continuation>> waiting_;
};

}  // namespace

bool is_address(const std::string& host) {
    boost::system::error_code failure;
    (void)boost::asio::ip::make_address(host, failure);
    return !failure;
}

void look_up_host(asio_event_loop& loop, const std::string& host, std::function<void(std::vector<std::string>)> then) {
    if (is_address(host)) return loop.post([host, then = std::move(then)] { then({host}); });
    host_lookups::of(loop).ask(host, std::move(then));
}

}  // namespace tenon
