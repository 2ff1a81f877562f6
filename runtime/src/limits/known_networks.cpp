// A bucket that is not full has been taken from: that is the whole mark, and stores forget it by themselves.
#include "limits/known_networks.hpp"

#include "crypto/digest.hpp"

namespace tenon::limits {
namespace {

/// A login takes one token, as long as there is one: the bucket is full again 30 to 60 days after the last.
bucket_rule mark() {
    bucket_rule out;
    out.burst = 2;
    out.count = 1;
    out.period = std::chrono::days(30);
    return out;
}

key place_of(std::string_view name) {
    return service_key("auth.network", {name});
}

std::string key_of(std::string_view secret) {
    return crypto::derive_key(secret, "tenon known networks");
}

}  // namespace

known_networks::known_networks(store& kept_in, std::string_view secret, std::string_view previous) : kept_in_(kept_in) {
    keys_.push_back(key_of(secret));
    if (!previous.empty()) keys_.push_back(key_of(previous));
}

std::vector<std::string> known_networks::names_of(std::string_view account, std::string_view network) const {
    std::string both(account);
    both.append("\n").append(network);
    std::vector<std::string> out;
    for (const std::string& key : keys_) out.push_back(crypto::base64url(crypto::view(crypto::hmac_sha256(key, both))));
    return out;
}

task<bool> known_networks::has(std::vector<std::string> names, time_point deadline) const {
    for (const std::string& name : names) {
        key place = place_of(name);
        const auto answer = co_await kept_in_.look(std::move(place), mark(), deadline);
        if (answer && answer->full_after.count() > 0) co_return true;
    }
    co_return false;
}

task<result<void>> known_networks::keep(std::string name, time_point deadline) const {
    key place = place_of(name);
    CO_TRY(co_await kept_in_.take(std::move(place), mark(), 1, deadline));
    co_return result<void>();
}

}  // namespace tenon::limits
