// How much of answers one user, or one address, may have kept.
#include "idempotency/keeper.hpp"

#include <tenon/limits/limiter.hpp>

#include "core/ip_address.hpp"
#include "crypto/digest.hpp"

namespace tenon::idempotency {
namespace {

constexpr std::size_t accounts_max = 16'384;
// A kept answer's keys, times and headers, beside its body.
constexpr std::int64_t overhead_bytes = 512;

std::int64_t reserved_bytes(const http::request& request) {
    return static_cast<std::int64_t>(request.body.size()) + overhead_bytes;
}

std::int64_t steady_micros() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<limits::microseconds>(since).count();
}

}  // namespace

keeper::keeper(const claims::store& keys, std::size_t kept_answer_bytes) : keys_(keys), bytes_left_(accounts_max) {
    bytes_rule_.burst = bytes_rule_.count = static_cast<std::int64_t>(kept_answer_bytes);
    bytes_rule_.period = std::chrono::hours(24);
}

std::uint64_t keeper::account_of(user_id user, const http::request& request) const {
    const std::string whose = user == user_id() ? client_network(request.remote_ip) : user.to_string();
    const auto mac = crypto::hmac_sha256(keys_.known_secrets().front().names, "account " + whose);
    std::uint64_t out = 0;
    for (const char byte : crypto::view(mac).substr(0, sizeof out))
        out = (out << 8U) | static_cast<unsigned char>(byte);
    return out;
}

limits::bucket_answer keeper::take(std::uint64_t account, std::int64_t bytes) const {
    return bytes_left_.take(account, bytes_rule_, bytes, steady_micros());
}

result<void> keeper::reserve(user_id user, const http::request& request) const {
    const auto taken = take(account_of(user, request), reserved_bytes(request));
    if (taken.allowed) return {};
    error out = limits::too_many_requests(
        "The answers kept under your Idempotency-Keys take all the room that you have for 24 hours.",
        taken.retry_after);
    out.kind = "kept_answers_full";
    return out;
}

void keeper::put_back(user_id user, const http::request& request) const {
    bytes_left_.put_back(account_of(user, request), bytes_rule_, reserved_bytes(request), steady_micros());
}

void keeper::charge_rest(user_id user, const http::request& request, std::size_t answer_bytes) const {
    const std::int64_t rest = static_cast<std::int64_t>(answer_bytes) + overhead_bytes - reserved_bytes(request);
    if (rest <= 0) return;
    const std::uint64_t account = account_of(user, request);
    const auto taken = take(account, rest);
    if (!taken.allowed && taken.remaining > 0) (void)take(account, taken.remaining);
}

}  // namespace tenon::idempotency
