// What claims of idempotency keys share: derived secrets and statements.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tenon/core/secret.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/core/time.hpp>
#include <tenon/http/message.hpp>

#include "db/backend.hpp"
#include "limits/bucket_table.hpp"
#include "service/once.hpp"

namespace tenon::idempotency {

/// How long an answer can be asked for again, at least.
inline constexpr std::chrono::hours kept_for(24);

inline constexpr std::int64_t swept_at_once = 100;

/// The statements over one of the two tables. $1 is the scope: the tenant, or the user (all zeros for nobody).
struct statements {
    std::string claim;    ///< $2 key hash, $3 fingerprint, $4 attempt, $5 locked until, $6 expires at, $7 now, $8 the
                          ///< latest that clocks of replicas say.
    std::string read;     ///< $2 key hash: fingerprint, answer.
    std::string settle;   ///< $2 key hash, $3 attempt, $4 answer.
    std::string release;  ///< $2 key hash, $3 attempt.
    std::string sweep;    ///< At most `swept_at_once` that have run out: of the tenant ($1; $2 now), or all ($1 now).

    statements(const std::string& table, const std::string& scope);
};

struct settings {
    tenant_names tenant;
    secret token_secret;
    secret previous_token_secret;       ///< May be empty; what was kept under it is found while secrets are changed.
    std::size_t kept_answer_bytes = 0;  ///< Of one user, in 24 h, by one process.
};

/// Thread-safe. Keeps a reference: the database must outlive it.
class keeper final : public service::once_keeper {
  public:
    keeper(const settings& wanted, db::backend& database);

    bool is_asked(const http::request& request) const override;
    task<result<http::response>> once(service::open_call& call, const service::route& which, service::key_scope whose,
                                      task<result<http::response>> handling) override;

    /// Of one configured secret, so that it never signs or seals two kinds of things.
    struct secrets {
        std::string names;         ///< Turns keys into the hashes under which they are found.
        std::string fingerprints;  ///< Of requests.
        std::string answers;       ///< With the key itself, seals what was answered.
        explicit secrets(const std::string& configured);
    };

    db::backend& database() const { return database_; }
    const statements& in_tenant() const { return in_tenant_; }
    const statements& outside() const { return outside_; }
    /// The first is used for what is new; all others are looked through, while secrets are being changed.
    const std::vector<secrets>& known_secrets() const { return secrets_; }

    /// Before the work: what the answer will take, at least, comes off the bytes that one user, or one address without
    /// a user, may have kept in 24 h. errc::too_many_requests when they are used up.
    result<void> reserve(user_id user, const http::request& request) const;
    /// Nothing is kept after all: what was reserved may be used again.
    void put_back(user_id user, const http::request& request) const;
    /// Afterwards: what it takes beyond that. More than what is left is not owed.
    void charge_rest(user_id user, const http::request& request, std::size_t answer_bytes) const;

  private:
    std::uint64_t account_of(user_id user, const http::request& request) const;
    limits::bucket_answer take(std::uint64_t account, std::int64_t bytes) const;

    db::backend& database_;
    statements in_tenant_;
    statements outside_;
    std::vector<secrets> secrets_;
    limits::bucket_rule bytes_rule_;
    mutable limits::bucket_table bytes_left_;
};

}  // namespace tenon::idempotency
