// What a key stands for in a request, and answers as what is kept under it.
#include "idempotency/claim.hpp"

#include "idempotency/stored_answer.hpp"

namespace tenon::idempotency {
namespace {

http::response replayed(http::response kept) {
    return std::move(kept).with("Idempotent-Replayed", "true");
}

}  // namespace

claims::subject subject_of(const http::request& request, const service::route& route, const claims::key_scope& whose,
                           std::string key) {
    claims::subject out;
    claims::append(out.content, request.path);
    claims::append(out.content, request.query);
    claims::append(out.content, request.body);
    claims::append(out.place, http::name_of(route.verb()));
    claims::append(out.place, route.path());
    claims::append(out.place, whose.user.to_string());
    claims::append(out.place, key);
    if (whose.is_nobody()) {
        // Whoever sends the same key may be a stranger, who must not even learn that it is taken: the key is one of the
        // whole request, credentials included.
        claims::append(out.place, out.content);
        claims::append(out.place, request.header_value("Authorization"));
    }
    out.key = std::move(key);
    out.label = route.path();
    out.deadline = request.deadline;
    return out;
}

task<result<std::optional<http::response>>> claim::take() {
    CO_TRY_ASSIGN(const auto bytes, co_await key_.take());
    if (!bytes) co_return std::optional<http::response>();
    auto answer = from_bytes(*bytes);
    if (!answer) co_return error(errc::internal, "an answer kept under an idempotency key cannot be read");
    co_return std::optional<http::response>(replayed(std::move(*answer)));
}

task<result<void>> claim::settle(db::own_transaction& open, const http::response& answer) {
    return key_.settle(open, as_bytes(answer));
}

task<result<void>> claim::settle(db::tenant_transaction& open, const http::response& answer) {
    return key_.settle(open, as_bytes(answer));
}

task<bool> claim::end(const result<http::response>& outcome) {
    const bool done = outcome && outcome->status < 400;
    return key_.end(done ? std::optional<std::string>(as_bytes(*outcome)) : std::nullopt);
}

}  // namespace tenon::idempotency
