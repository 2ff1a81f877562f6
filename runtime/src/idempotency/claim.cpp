// Taking, settling and releasing idempotency keys.
#include "idempotency/claim.hpp"

#include <tenon/observe/log.hpp>

#include "crypto/digest.hpp"
#include "db/tenant_access.hpp"
#include "idempotency/stored_answer.hpp"

namespace tenon::idempotency {
namespace {

using clock = std::chrono::steady_clock;

/// Behind the request's deadline nothing is begun any more; what was, ends in this time, or finds its key taken.
constexpr std::chrono::seconds lock_margin(5);
/// A claim that lies further ahead is from before the clock was set back. Far more than clocks may differ by: a claim
/// that is taken for an old one too early has its request done twice, and too late only makes its client wait.
constexpr std::chrono::seconds set_back_min(60);
/// For what is done about a key after its request, whose own time may be up.
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

void append(std::string& out, std::string_view part) {
    out.append(std::to_string(part.size())).append(":").append(part);
}

http::response replayed(http::response kept) {
    return std::move(kept).with("Idempotent-Replayed", "true");
}

}  // namespace

claim::name::name(const keeper::secrets& with, const claim& of) {
    std::string place;
    append(place, http::name_of(of.route_.verb()));
    append(place, of.route_.path());
    append(place, of.whose_.user.to_string());
    append(place, of.key_);
    std::string what;
    append(what, of.request_.path);
    append(what, of.request_.query);
    append(what, of.request_.body);
    if (of.whose_.is_nobody()) {
        // Whoever sends the same key may be a stranger, who must not even learn that it is taken: the key is one of the
        // whole request, credentials included.
        append(place, what);
        append(place, of.request_.header_value("Authorization"));
    }
    key_hash = mac(with.names, place);
    fingerprint = mac(with.fingerprints, what);
    seal = with.answers + of.key_;
}

claim::claim(keeper& all, service::key_scope whose, const http::request& request, const service::route& route,
             std::string key)
    : all_(all),
      whose_(whose),
      request_(request),
      route_(route),
      key_(std::move(key)),
      own_(all.known_secrets().front(), *this) {}

db::values claim::in_scope(db::values parameters) const {
    if (!whose_.tenant) parameters.insert(parameters.begin(), db::value(whose_.user.value));
    return parameters;
}

/// Keys of nobody are the service's.
db::row_scope claim::rows() const {
    if (whose_.tenant) return *whose_.tenant;
    return whose_.is_nobody() ? db::row_scope::of_service() : db::row_scope::of_user(whose_.user);
}

task<result<db::rows>> claim::run(const std::string& text, db::values parameters,
                                  std::chrono::milliseconds patience) const {
    db::statement asked(text, in_scope(std::move(parameters)), rows(), clock::now() + patience);
    asked.caller = whose_.user.value;
    return all_.database().run(std::move(asked));
}

claim::looked_up claim::kept(const db::row& found, const name& under) {
    if (!crypto::equal(found.get<std::string>(0), under.fingerprint)) return reused();
    std::optional<std::string> sealed;
    found.read(1, sealed);
    if (!sealed) return in_use();
    const auto bytes = crypto::unseal(under.seal, *sealed);
    auto answer = bytes ? from_bytes(*bytes) : std::nullopt;
    if (!answer) return error(errc::internal, "an answer kept under an idempotency key cannot be read");
    return std::optional<http::response>(replayed(std::move(*answer)));
}

task<claim::looked_up> claim::look_up(const name& under) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(request_.deadline - clock::now());
    auto parameters = db::args(under.key_hash);
    CO_TRY_ASSIGN(const db::rows found, co_await run(texts().read, std::move(parameters), left));
    if (found.empty()) co_return std::optional<http::response>();
    co_return kept(found[0], under);
}

task<result<std::optional<http::response>>> claim::take() {
    const auto& secrets = all_.known_secrets();
    for (std::size_t i = 1; i < secrets.size(); ++i) {
        // While secrets are being changed: what was answered before still counts.
        const name former(secrets[i], *this);
        looked_up before = co_await look_up(former);
        if (!before || *before) co_return before;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(request_.deadline - clock::now());
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        const instant now = instant::now();
        const instant locked_until = now + left + lock_margin;
        const instant expires_at = locked_until + kept_for;
        auto parameters =
            db::args(own_.key_hash, own_.fingerprint, attempt_, locked_until, expires_at, now, now + set_back_min);
        CO_TRY_ASSIGN(const db::rows taken, co_await run(texts().claim, std::move(parameters), left));
        if (!taken.empty()) co_return std::optional<http::response>();
        looked_up before = co_await look_up(own_);
        if (!before || *before) co_return before;
    }
    co_return in_use();
}

db::values claim::settling(const http::response& answer) {
    const std::string sealed = crypto::seal(own_.seal, as_bytes(answer));
    kept_bytes_ = sealed.size();
    return db::args(own_.key_hash, attempt_, sealed);
}

result<void> claim::settled(const db::rows& outcome) {
    if (outcome.affected() == 0) return in_use();
    return {};
}

task<result<void>> claim::settle(db::own_transaction& open, const http::response& answer) {
    db::values parameters = in_scope(settling(answer));
    auto storing = whose_.tenant ? open.query_in_tenant(texts().settle, std::move(parameters))
                                 : open.query(texts().settle, std::move(parameters));
    CO_TRY_ASSIGN(const db::rows outcome, co_await storing);
    co_return settled(outcome);
}

task<result<void>> claim::settle(db::tenant_transaction& open, const http::response& answer) {
    db::values parameters = settling(answer);
    CO_TRY_ASSIGN(const db::rows outcome,
                  co_await db::tenant_access::query(open, texts().settle, std::move(parameters)));
    co_return settled(outcome);
}

task<bool> claim::end(const result<http::response>& outcome) {
    if (committed_) co_return true;
    const bool done = outcome && outcome->status < 400;
    db::values parameters = done ? settling(*outcome) : db::args(own_.key_hash, attempt_);
    const std::string& text = done ? texts().settle : texts().release;
    const result<db::rows> ended = co_await run(text, std::move(parameters), end_patience);
    // It frees itself when its time is over.
    if (!ended) log::warn("an idempotency key stays in use", {{"route", route_.path()}});
    const bool is_kept = done && ended && ended->affected() > 0;
    co_return is_kept;
}

}  // namespace tenon::idempotency
