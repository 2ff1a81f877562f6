// Opening, rotating and ending token families.
#include "accounts/token_families.hpp"

#include <tenon/observe/log.hpp>

#include "crypto/digest.hpp"

namespace tenon::accounts {
namespace {

// The prefix tells people and scanners of leaked secrets what they have found.
constexpr std::string_view refresh_token_prefix = "rt_";
constexpr std::size_t refresh_token_bytes = 32;
constexpr std::size_t refresh_token_length = 46;

/// By how much the clocks of replicas may differ (docs/operations.md, "Clocks").
constexpr std::chrono::seconds clock_skew_max(5);

error refused_refresh() {
    return error(errc::unauthorized, "The refresh token is not valid.");
}

/// A row of refresh_tokens with its family.
struct presented_token {
    uuid family;
    operation::principal who;
    std::optional<std::string> successor_sealed;
    std::optional<instant> used_at;
    std::optional<instant> revoked_at;
    std::optional<instant> user_deleted_at;
    instant expires_at;

    presented_token() = default;
    explicit presented_token(const db::row& r) {
        r.read(0, family);
        r.read(1, who.user);
        r.read(2, who.tenant);
        r.read(3, successor_sealed);
        r.read(4, used_at);
        r.read(5, revoked_at);
        r.read(6, user_deleted_at);
        r.read(7, expires_at);
        who.session = family;
    }
};

constexpr std::string_view find_token =
    "SELECT s.id, s.user_id, s.{tenant_id}, t.successor_sealed, t.used_at, s.revoked_at, u.deleted_at, t.expires_at "
    "FROM refresh_tokens t JOIN auth_sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id "
    "WHERE t.token_hash = $1";

constexpr std::string_view insert_token =
    "INSERT INTO refresh_tokens (token_hash, session_id, parent_hash, expires_at, created_at) "
    "VALUES ($1, $2, $3, $4, $5)";

// The compare-and-set: of all who present the same token at once, one alone finds used_at null.
constexpr std::string_view mark_used =
    "UPDATE refresh_tokens SET used_at = $2, successor_hash = $3, successor_sealed = $4 "
    "WHERE token_hash = $1 AND used_at IS NULL";

std::string fresh_token() {
    return std::string(refresh_token_prefix) + crypto::base64url(crypto::random_bytes(refresh_token_bytes));
}

/// The first use: makes the successor. Empty when somebody else was faster.
task<result<std::optional<token_set>>> advance(authority::parts& own, db::own_transaction& open, std::string presented,
                                               presented_token found) {
    const instant now = instant::now();
    const instant expires = now + own.settings.lifetimes.refresh;
    const std::string hash = crypto::sha256_hex(presented);
    const std::string successor = fresh_token();
    const std::string successor_hash = crypto::sha256_hex(successor);
    // Sealed with what only the presenter knows: a stolen database holds no token that works.
    auto use = db::args(hash, now, successor_hash, crypto::seal(presented, successor));
    CO_TRY_ASSIGN(const db::rows marked, co_await open.query(mark_used, std::move(use)));
    if (marked.affected() == 0) co_return std::optional<token_set>();
    auto row = db::args(successor_hash, found.family, hash, expires, now);
    CO_TRY(co_await open.query(insert_token, std::move(row)));
    // Used tokens are kept to recognise thieves, but not longer than they could have been used themselves.
    auto old = db::args(found.family, now);
    CO_TRY(co_await open.query("DELETE FROM refresh_tokens WHERE session_id = $1 AND expires_at < $2", std::move(old)));
    auto touch = db::args(found.family, now, expires);
    CO_TRY(co_await open.query("UPDATE auth_sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1",
                               std::move(touch)));
    co_return std::optional<token_set>(token_set(found.who, successor));
}

/// A use that lies ahead is from before the clock was set back: how long ago that was, nobody knows, and the grace must
/// not grow by it.
bool is_in_grace(instant used_at, instant now) {
    return now <= used_at + rotation_grace && used_at <= now + clock_skew_max;
}

/// A later use of a token that has a successor already.
task<result<token_set>> repeat(const operation::directory& sessions, db::own_transaction& open, std::string presented,
                               presented_token found) {
    if (found.used_at && is_in_grace(*found.used_at, instant::now()) && found.successor_sealed) {
        auto successor = crypto::unseal(presented, *found.successor_sealed);
        if (!successor) co_return error(errc::internal, "a sealed successor cannot be opened");
        co_return token_set(found.who, std::move(*successor));
    }
    family_filter theirs(found.who.user);
    theirs.only = found.family;
    CO_TRY(co_await end_families(open, theirs));
    CO_TRY(co_await open.commit());
    log::warn("a refresh token was used again after its grace; its session has ended",
              {{"session", found.family.to_string()}, {"user", found.who.user.to_string()}});
    co_await sessions.enforce(found.who.user);
    co_return refused_refresh();
}

/// Forgets what has run out for this user, so that the tables stay as small as the living sessions.
task<result<void>> forget_expired(db::own_transaction& open, user_id user, instant now) {
    const db::values of_user = db::args(user, now);
    CO_TRY(
        co_await open.query("DELETE FROM refresh_tokens WHERE session_id IN "
                            "(SELECT id FROM auth_sessions WHERE user_id = $1 AND expires_at < $2)",
                            of_user));
    CO_TRY(co_await open.query("DELETE FROM auth_sessions WHERE user_id = $1 AND expires_at < $2", of_user));
    co_return result<void>();
}

}  // namespace

task<result<token_set>> open_family(authority::parts& own, db::own_transaction& open, user_id user,
                                    std::optional<tenant_id> tenant) {
    const instant now = instant::now();
    const instant expires = now + own.settings.lifetimes.refresh;
    const uuid family = uuid::generate();
    CO_TRY(co_await forget_expired(open, user, now));
    auto session = db::args(family, user, tenant, now, expires);
    CO_TRY(
        co_await open.query("INSERT INTO auth_sessions (id, user_id, {tenant_id}, created_at, last_used_at, "
                            "expires_at) VALUES ($1, $2, $3, $4, $4, $5)",
                            std::move(session)));
    std::string token = fresh_token();
    auto row = db::args(crypto::sha256_hex(token), family, std::optional<std::string>(), expires, now);
    CO_TRY(co_await open.query(insert_token, std::move(row)));
    co_return token_set(operation::principal(user, family, tenant), std::move(token));
}

task<result<token_set>> rotate(authority::parts& own, const operation::directory& sessions, std::string presented,
                               std::chrono::steady_clock::time_point deadline) {
    if (presented.size() != refresh_token_length) co_return refused_refresh();
    db::own_session anybody(own.database, deadline, db::row_scope::of_service());
    const std::string hash = crypto::sha256_hex(presented);
    auto known = db::args(hash);
    // Read first: whoever sends junk must not make the writers wait. And whose it is says whose rows may be written.
    CO_TRY_ASSIGN(const db::rows any, co_await anybody.read(find_token, std::move(known)));
    if (any.empty()) co_return refused_refresh();
    const presented_token first(any[0]);
    db::own_session session(own.database, deadline, db::row_scope::of_user(first.who.user));
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    for (int attempt = 0; attempt < 2; ++attempt) {
        auto key = db::args(hash);
        CO_TRY_ASSIGN(const db::rows rows, co_await open.query(find_token, std::move(key)));
        if (rows.empty()) co_return refused_refresh();
        const presented_token found(rows[0]);
        if (found.revoked_at || found.user_deleted_at) co_return refused_refresh();
        if (found.used_at) co_return co_await repeat(sessions, open, presented, found);
        if (found.expires_at <= instant::now()) co_return refused_refresh();
        CO_TRY_ASSIGN(std::optional<token_set> next, co_await advance(own, open, presented, found));
        if (!next) continue;  // somebody else rotated it between our read and our write: look again
        CO_TRY(co_await open.commit());
        co_return std::move(*next);
    }
    co_return error(errc::internal, "a refresh token is neither used nor unused");
}

task<result<std::size_t>> end_families(db::own_transaction& open, family_filter which) {
    auto parameters = db::args(instant::now(), which.user, which.tenant, which.only, which.except);
    CO_TRY_ASSIGN(
        const db::rows ended,
        co_await open.query("UPDATE auth_sessions SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL "
                            "AND ({tenant_id} = $3 OR $3 IS NULL) AND (id = $4 OR $4 IS NULL) "
                            "AND (id <> $5 OR $5 IS NULL)",
                            std::move(parameters)));
    co_return static_cast<std::size_t>(ended.affected());
}

tokens issue(const authority::parts& own, const token_set& made) {
    tokens out;
    out.access_token = own.access.issue(made.who, instant::now());
    out.access_lifetime = own.access.lifetime();
    out.refresh_token = made.refresh_token;
    out.user = made.who.user;
    out.tenant = made.who.tenant;
    return out;
}

}  // namespace tenon::accounts
