// What each client may hold of the server: connections, and bytes of the memory budget.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <tenon/core/byte_budget.hpp>

namespace tenon::http {

/// One of at most so many, for as long as it lives.
class place {
  public:
    /// Takes a place unless `most` are taken.
    place(std::atomic<std::size_t>& taken, std::size_t most) : taken_(&taken) {
        if (taken.fetch_add(1) < most) return;
        --taken;
        taken_ = nullptr;
    }
    place(place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    place& operator=(place&&) = delete;
    ~place() {
        if (taken_ != nullptr) --*taken_;
    }
    explicit operator bool() const { return taken_ != nullptr; }

  private:
    std::atomic<std::size_t>* taken_;
};

class client_shares;

/// Of one client network: an IPv4 address, or 64 bits of an IPv6 address.
class client_share {
  public:
    byte_budget memory;
    std::atomic<std::size_t> connections{0};  ///< Places taken.

    client_share(client_shares& table, std::string network, std::size_t bytes, byte_budget& whole)
        : memory(bytes, &whole), table_(table), network_(std::move(network)) {}
    ~client_share();
    client_share(const client_share&) = delete;
    client_share& operator=(const client_share&) = delete;

  private:
    client_shares& table_;
    const std::string network_;
};

/// What a connection holds of them for as long as it is open.
struct client_claim {
    std::shared_ptr<client_share> client;
    place of_all;
    place of_client;

    client_claim(std::shared_ptr<client_share> c, place all, place own)
        : client(std::move(c)), of_all(std::move(all)), of_client(std::move(own)) {}
};

/// The shares of whom somebody still asks for or holds something. Thread-safe; must outlive the shares.
class client_shares {
  public:
    /// Each client may hold `bytes_each` of `whole`.
    client_shares(byte_budget& whole, std::size_t bytes_each) : whole_(whole), bytes_each_(bytes_each) {}

    std::shared_ptr<client_share> of(std::string_view address);
    /// For a proxy, which speaks for all of its clients: it may hold all of the whole.
    std::shared_ptr<client_share> of_proxy();

  private:
    friend class client_share;
    void forget(const std::string& network);

    byte_budget& whole_;
    const std::size_t bytes_each_;
    mutable std::mutex mutex_;
    std::map<std::string, std::weak_ptr<client_share>, std::less<>> by_network_;
};

}  // namespace tenon::http
