// Secrets and statements, made once.
#include "idempotency/keeper.hpp"

#include <tenon/limits/limiter.hpp>

#include "core/ip_address.hpp"
#include "crypto/digest.hpp"
#include "db/own_session.hpp"

namespace tenon::idempotency {
namespace {

constexpr std::size_t accounts_max = 16'384;
// A kept answer's keys, times and headers, beside its body.
constexpr std::int64_t overhead_bytes = 512;

std::int64_t reserved_bytes(const http::request& request) {
    return static_cast<std::int64_t>(request.body.size()) + overhead_bytes;
}

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
}

std::int64_t steady_micros() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<limits::microseconds>(since).count();
}

}  // namespace

statements::statements(const std::string& table, const std::string& scope) {
    const std::string row = " WHERE " + scope + " = $1 AND key_hash = $2";
    const std::string own = row + " AND attempt = $3 AND answer IS NULL";
    // Taken over is what has run out, and what was begun and lost: by its time, or from before the clock was set back.
    // A statement of the loser that is still to come finds another attempt in its row; one that came first makes this
    // wait for its commit, and look again.
    claim = "INSERT INTO " + table + " (" + scope +
            ", key_hash, fingerprint, attempt, locked_until, expires_at, created_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (" +
            scope +
            ", key_hash) DO UPDATE SET fingerprint = excluded.fingerprint, attempt = excluded.attempt, "
            "locked_until = excluded.locked_until, expires_at = excluded.expires_at, "
            "created_at = excluded.created_at, answer = NULL "
            "WHERE " +
            table + ".expires_at <= excluded.created_at OR (" + table + ".answer IS NULL AND " + table +
            ".locked_until <= excluded.created_at) OR (" + table + ".answer IS NULL AND " + table +
            ".created_at > $8) RETURNING attempt";
    read = "SELECT fingerprint, answer FROM " + table + row;
    settle = "UPDATE " + table + " SET answer = $4" + own;
    release = "DELETE FROM " + table + own;
}

keeper::secrets::secrets(const std::string& configured)
    : names(crypto::derive_key(configured, "tenon idempotency key")),
      fingerprints(crypto::derive_key(configured, "tenon idempotency fingerprint")),
      answers(crypto::derive_key(configured, "tenon idempotency answer")) {}

keeper::keeper(const settings& wanted, db::backend& database)
    : database_(database),
      in_tenant_("idempotency_keys", quoted(wanted.tenant.column)),
      outside_("user_idempotency_keys", "user_id"),
      bytes_left_(accounts_max) {
    bytes_rule_.burst = bytes_rule_.count = static_cast<std::int64_t>(wanted.kept_answer_bytes);
    bytes_rule_.period = std::chrono::hours(24);
    const std::string some = " LIMIT " + std::to_string(swept_at_once) + ")";
    in_tenant_.sweep = db::with_names(
        "DELETE FROM idempotency_keys WHERE {tenant_id} = $1 AND key_hash IN (SELECT key_hash FROM idempotency_keys "
        "WHERE {tenant_id} = $1 AND expires_at <= $2" +
            some,
        wanted.tenant);
    outside_.sweep =
        "DELETE FROM user_idempotency_keys WHERE (user_id, key_hash) IN (SELECT user_id, key_hash FROM "
        "user_idempotency_keys WHERE expires_at <= $1" +
        some;
    secrets_.emplace_back(wanted.token_secret.reveal());
    if (!wanted.previous_token_secret.empty()) secrets_.emplace_back(wanted.previous_token_secret.reveal());
}

std::uint64_t keeper::account_of(user_id user, const http::request& request) const {
    const std::string whose = user == user_id() ? client_network(request.remote_ip) : user.to_string();
    const auto mac = crypto::hmac_sha256(secrets_.front().names, "account " + whose);
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
