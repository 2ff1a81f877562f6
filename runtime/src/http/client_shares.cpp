// Shares live as long as somebody holds them.
#include "http/client_shares.hpp"

#include "core/ip_address.hpp"

namespace tenon::http {

client_share::~client_share() {
    table_.forget(network_);
}

std::shared_ptr<client_share> client_shares::of(std::string_view address) {
    std::string network = client_network(address);
    const std::lock_guard lock(mutex_);
    std::weak_ptr<client_share>& place = by_network_[network];
    std::shared_ptr<client_share> found = place.lock();
    if (!found) {
        found = std::make_shared<client_share>(*this, std::move(network), bytes_each_, whole_);
        place = found;
    }
    return found;
}

std::shared_ptr<client_share> client_shares::of_proxy() {
    return std::make_shared<client_share>(*this, std::string(), whole_.limit(), whole_);
}

void client_shares::forget(const std::string& network) {
    const std::lock_guard lock(mutex_);
    const auto found = by_network_.find(network);
    // Somebody may have made a new one in the meantime.
    if (found != by_network_.end() && found->second.expired()) by_network_.erase(found);
}

}  // namespace tenon::http
