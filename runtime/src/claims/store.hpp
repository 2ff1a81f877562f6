// What claims of idempotency keys share: derived secrets and statements.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tenon/core/secret.hpp>
#include <tenon/core/tenant_names.hpp>

#include "db/backend.hpp"

namespace tenon::claims {

/// How long what is kept can be asked for again, at least.
inline constexpr std::chrono::hours kept_for(24);

/// The statements over one of the two tables. $1 is the scope: the tenant, or the user (all zeros for nobody).
struct statements {
    std::string claim;    ///< $2 key hash, $3 fingerprint, $4 attempt, $5 locked until, $6 expires at, $7 now, $8 the
                          ///< latest that clocks of replicas say.
    std::string read;     ///< $2 key hash: fingerprint, answer.
    std::string settle;   ///< $2 key hash, $3 attempt, $4 answer.
    std::string release;  ///< $2 key hash, $3 attempt.

    statements(const std::string& table, const std::string& scope);
};

/// Of one configured secret, so that it never signs or seals two kinds of things.
struct secrets {
    std::string names;         ///< Turns keys into the hashes under which they are found.
    std::string fingerprints;  ///< Of what is asked.
    std::string answers;       ///< With the key itself, seals what is kept.
    explicit secrets(const std::string& configured);
};

struct settings {
    tenant_names tenant;
    secret token_secret;
    secret previous_token_secret;  ///< May be empty; what was kept under it is found while secrets are changed.
};

/// Thread-safe. Keeps a reference: the database must outlive it.
class store {
  public:
    store(const settings& wanted, db::backend& database);

    db::backend& database() const { return database_; }
    const statements& in_tenant() const { return in_tenant_; }
    const statements& outside() const { return outside_; }
    /// The first is used for what is new; all others are looked through, while secrets are being changed.
    const std::vector<secrets>& known_secrets() const { return secrets_; }

  private:
    db::backend& database_;
    statements in_tenant_;
    statements outside_;
    std::vector<secrets> secrets_;
};

}  // namespace tenon::claims
