// Taking, settling and releasing idempotency keys.
#include "claims/claim.hpp"

#include <tenon/observe/log.hpp>

#include "crypto/digest.hpp"
#include "db/tenant_access.hpp"

namespace tenon::claims {
namespace {

using clock = std::chrono::steady_clock;

/// Behind the deadline nothing is begun any more; what was, ends in this time, or finds its key taken.
constexpr std::chrono::seconds lock_margin(5);
/// A claim that lies further ahead is from before the clock was set back. Far more than clocks may differ by: a claim
/// that is taken for an old one too early has its work done twice, and too late only makes its client wait.
constexpr std::chrono::seconds set_back_min(60);
/// For what is done about a key after the work, whose own time may be up.
constexpr std::chrono::seconds end_patience(5);
/// A key that is released just when it is looked at is free again.
constexpr int attempts_max = 3;

error in_use() {
    return error(errc::conflict, "A request with this Idempotency-Key is under way. Ask again when it is done.",
                 "idempotency_key_in_use");
}
error reused() {
    return error(errc::invalid,
                 "This Idempotency-Key was used for another request. Send a fresh one with each new request, and the "
                 "same one only with the same request.",
                 "idempotency_key_reused");
}

std::string mac(const std::string& key, std::string_view text) {
    return crypto::base64url(crypto::view(crypto::hmac_sha256(key, text)));
}

std::vector<name> names_of(const store& all, const subject& of) {
    std::vector<name> out;
    for (const secrets& each : all.known_secrets()) out.emplace_back(each, of);
    return out;
}

}  // namespace

name::name(const secrets& with, const subject& of)
    : key_hash(mac(with.names, of.place)),
      fingerprint(mac(with.fingerprints, of.content)),
      seal(with.answers + of.key) {}

claim::claim(const store& all, key_scope whose, const subject& of)
    : all_(all), whose_(whose), label_(of.label), deadline_(of.deadline), names_(names_of(all, of)) {}

db::values claim::in_scope(db::values parameters) const {
    if (!whose_.tenant) parameters.insert(parameters.begin(), db::value(whose_.user.value));
    return parameters;
}

/// Keys of nobody are the service's.
db::row_scope claim::rows() const {
    if (whose_.tenant) return *whose_.tenant;
    return whose_.is_nobody() ? db::row_scope::of_service() : db::row_scope::of_user(whose_.user);
}

std::chrono::milliseconds claim::time_left() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - clock::now());
}

db::statement claim::made(const std::string& text, db::values parameters, std::chrono::milliseconds patience) const {
    db::statement out(text, in_scope(std::move(parameters)), rows(), clock::now() + patience);
    out.caller = whose_.user.value;
    return out;
}

task<result<db::rows>> claim::read(const std::string& text, db::values parameters,
                                   std::chrono::milliseconds patience) const {
    db::statement asked = made(text, std::move(parameters), patience);
    asked.is_read = true;
    return all_.database().run(std::move(asked));
}

task<result<db::rows>> claim::write(const std::string& text, db::values parameters,
                                    std::chrono::milliseconds patience) const {
    return all_.database().run(made(text, std::move(parameters), patience));
}

claim::looked_up claim::kept(const db::row& found, const name& under) {
    if (!crypto::equal(found.get<std::string>(0), under.fingerprint)) return reused();
    std::optional<std::string> sealed;
    found.read(1, sealed);
    if (!sealed) return in_use();
    auto bytes = crypto::unseal(under.seal, *sealed);
    if (!bytes) return error(errc::internal, "what is kept under an idempotency key cannot be opened");
    return bytes;
}

task<claim::looked_up> claim::look_up(const name& under) const {
    auto parameters = db::args(under.key_hash);
    CO_TRY_ASSIGN(const db::rows found, co_await read(texts().read, std::move(parameters), time_left()));
    if (found.empty()) co_return std::optional<std::string>();
    co_return kept(found[0], under);
}

task<result<std::optional<std::string>>> claim::take() {
    for (std::size_t i = 1; i < names_.size(); ++i) {
        // While secrets are being changed: what was kept before still counts.
        looked_up before = co_await look_up(names_[i]);
        if (!before || *before) co_return before;
    }
    const auto left = time_left();
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const instant now = instant::now();
        const instant locked_until = now + left + lock_margin;
        const instant expires_at = locked_until + kept_for;
        auto parameters =
            db::args(own().key_hash, own().fingerprint, attempt_, locked_until, expires_at, now, now + set_back_min);
        CO_TRY_ASSIGN(const db::rows taken, co_await write(texts().claim, std::move(parameters), left));
        if (!taken.empty()) co_return std::optional<std::string>();
        looked_up before = co_await look_up(own());
        if (!before || *before) co_return before;
    }
    co_return in_use();
}

db::values claim::settling(const std::string& bytes) {
    const std::string sealed = crypto::seal(own().seal, bytes);
    kept_bytes_ = sealed.size();
    return db::args(own().key_hash, attempt_, sealed);
}

result<void> claim::settled(const db::rows& outcome) {
    if (outcome.affected() == 0) return in_use();
    return {};
}

task<result<void>> claim::settle(db::own_transaction& open, std::string bytes) {
    db::values parameters = in_scope(settling(bytes));
    auto storing = whose_.tenant ? open.query_in_tenant(texts().settle, std::move(parameters))
                                 : open.query(texts().settle, std::move(parameters));
    CO_TRY_ASSIGN(const db::rows outcome, co_await storing);
    co_return settled(outcome);
}

task<result<void>> claim::settle(db::tenant_transaction& open, std::string bytes) {
    db::values parameters = settling(bytes);
    CO_TRY_ASSIGN(const db::rows outcome,
                  co_await db::tenant_access::query(open, texts().settle, std::move(parameters)));
    co_return settled(outcome);
}

task<bool> claim::end(std::optional<std::string> bytes) {
    if (committed_) co_return true;
    db::values parameters = bytes ? settling(*bytes) : db::args(own().key_hash, attempt_);
    const std::string& text = bytes ? texts().settle : texts().release;
    const result<db::rows> ended = co_await write(text, std::move(parameters), end_patience);
    // It frees itself when its time is over.
    if (!ended) log::warn("an idempotency key stays in use", {{"of", label_}});
    const bool is_kept = bytes && ended && ended->affected() > 0;
    co_return is_kept;
}

}  // namespace tenon::claims
