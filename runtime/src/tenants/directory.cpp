// Looks up sessions and memberships, at most twice a second for each who asks.
#include <algorithm>

#include <tenon/loop/event_loop.hpp>
#include <tenon/observe/log.hpp>

#include "db/own_session.hpp"
#include "tenants/directory_parts.hpp"

namespace tenon::tenants {
namespace {

using clock = std::chrono::steady_clock;

/// Two machines' clocks need not run at quite the same speed.
constexpr std::chrono::milliseconds margin(10);

constexpr std::string_view session_and_role =
    "SELECT m.role FROM auth_sessions s JOIN users u ON u.id = s.user_id "
    "LEFT JOIN memberships m ON m.{tenant_id} = $1 AND m.user_id = s.user_id "
    "WHERE s.id = $2 AND s.user_id = $3 AND s.revoked_at IS NULL AND u.deleted_at IS NULL";
constexpr std::string_view session_alone =
    "SELECT NULL FROM auth_sessions s JOIN users u ON u.id = s.user_id "
    "WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND u.deleted_at IS NULL";

error ended() {
    return error(errc::unauthorized, "The session has ended.");
}
error given_up() {
    return error(errc::deadline_exceeded, "The request took too long.");
}

/// Lets those who have joined a question know when its asker goes away without an answer.
class flight_guard {
  public:
    flight_guard(standing_cache& known, const standing_key& key, standing_cache::flight_ptr question)
        : known_(known), key_(key), question_(std::move(question)) {}
    flight_guard(const flight_guard&) = delete;
    flight_guard& operator=(const flight_guard&) = delete;
    ~flight_guard() {
        if (question_) land(given_up());
    }
    void land(const result<operation::standing>& outcome) {
        known_.land(key_, std::exchange(question_, nullptr), outcome, clock::now());
    }

  private:
    standing_cache& known_;
    const standing_key key_;
    standing_cache::flight_ptr question_;
};

task<result<operation::standing>> joined(standing_cache& known, standing_key key, standing_cache::flight_ptr question) {
    auto done = std::make_shared<completion<operation::standing>>();
    auto start = [&known, key, question, done] { known.join(key, question, done); };
    completion_awaiter<operation::standing, decltype(start)> waiting(done, std::move(start));
    result<operation::standing> out = co_await waiting;
    co_return out;
}

}  // namespace

directory::parts::parts(const tenant_names& names, const access::policy& p, db::backend& d)
    : policy(p),
      database(d),
      with_tenant(db::with_names(session_and_role, names)),
      without_tenant(db::with_names(session_alone, names)) {}

directory::directory(const tenant_names& names, const access::policy& policy, db::backend& database)
    : parts_(std::make_unique<parts>(names, policy, database)) {
    database.name_tenants(names);
}
directory::~directory() = default;

std::optional<std::uint16_t> role_index(const access::policy& policy, std::string_view name) {
    const auto found = std::find(policy.roles.begin(), policy.roles.end(), name);
    if (found == policy.roles.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - policy.roles.begin());
}

task<result<operation::standing>> directory::parts::look_up(standing_key key, clock::time_point deadline) const {
    db::values parameters = db::args(key.session, key.user);
    const db::row_scope whose(key.tenant, key.user);
    db::statement question(key.tenant ? with_tenant : without_tenant, std::move(parameters), whose, deadline);
    question.is_read = true;
    CO_TRY_ASSIGN(const db::rows found, co_await database.run(std::move(question)));
    if (found.empty()) co_return ended();
    std::optional<std::string> role;
    found[0].read(0, role);
    if (!role) co_return operation::standing();
    operation::standing out(role_index(policy, *role));
    out.is_role_unknown = !out.role;
    if (out.is_role_unknown) tell_unknown_role(key, *role);
    co_return out;
}

/// Members are shut out by what no request of theirs can mend.
void directory::parts::tell_unknown_role(const standing_key& key, std::string_view role) const {
    constexpr auto quiet = std::chrono::minutes(1);
    const clock::rep now = clock::now().time_since_epoch().count();
    clock::rep last = unknown_role_told_at.load(std::memory_order_relaxed);
    if (last != 0 && clock::duration(now - last) < quiet) return;
    if (!unknown_role_told_at.compare_exchange_strong(last, now)) return;
    const std::string user = key.user.to_string();
    const std::string tenant = key.tenant ? key.tenant->to_string() : std::string();
    log::warn("a member is turned away: this program does not know their role",
              {{"role", role}, {"user", user}, {"tenant", tenant}});
}

task<result<operation::standing>> directory::parts::lead(standing_key key, standing_cache::flight_ptr question,
                                                         clock::time_point deadline) const {
    flight_guard guard(known, key, std::move(question));
    result<operation::standing> out = co_await look_up(key, deadline);
    guard.land(out);
    co_return out;
}

task<result<operation::standing>> directory::standing_of(user_id user, uuid session, std::optional<tenant_id> tenant,
                                                         clock::time_point deadline) const {
    const parts& own = *parts_;
    const standing_key key(user, session, tenant);
    for (;;) {
        const clock::time_point now = clock::now();
        if (now >= deadline) co_return given_up();
        standing_cache::found found = own.known.ask(key, deadline, now);
        if (found.answer) co_return *found.answer;
        if (found.leads) co_return co_await own.lead(key, std::move(found.question), deadline);
        const result<operation::standing> outcome = co_await joined(own.known, key, std::move(found.question));
        // Its asker may have had less time. And who has become a member since it was begun must not be told the past.
        const bool too_late = !outcome && outcome.error().code == errc::deadline_exceeded;
        if (too_late) continue;
        const bool no_member = outcome && tenant && !outcome->role;
        if (no_member) co_return co_await own.look_up(key, deadline);
        co_return outcome;
    }
}

task<void> directory::enforce(user_id user) const {
    parts_->known.forget(user);
    if (!parts_->is_shared()) co_return;
    co_await sleep_until(clock::now() + standing_cache::lifetime + margin);
}

}  // namespace tenon::tenants
