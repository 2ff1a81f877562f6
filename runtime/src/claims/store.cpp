// Secrets and statements, made once.
#include "claims/store.hpp"

#include "crypto/digest.hpp"
#include "db/own_session.hpp"

namespace tenon::claims {
namespace {

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
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

secrets::secrets(const std::string& configured)
    : names(crypto::derive_key(configured, "tenon idempotency key")),
      fingerprints(crypto::derive_key(configured, "tenon idempotency fingerprint")),
      answers(crypto::derive_key(configured, "tenon idempotency answer")) {}

store::store(const settings& wanted, db::backend& database)
    : database_(database),
      in_tenant_("idempotency_keys", quoted(wanted.tenant.column)),
      outside_("user_idempotency_keys", "user_id") {
    secrets_.emplace_back(wanted.token_secret.reveal());
    if (!wanted.previous_token_secret.empty()) secrets_.emplace_back(wanted.previous_token_secret.reveal());
}

}  // namespace tenon::claims
