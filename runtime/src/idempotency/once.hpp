// Running a handler at most once for a request with an Idempotency-Key.
#pragma once

#include "idempotency/claim.hpp"
#include "idempotency/key_header.hpp"

namespace tenon::idempotency {

/// Answers `call`, whose request has a key (`is_asked`): with what was answered to the same key before, with a refusal,
/// or by `handling`, which is only started then.
task<result<http::response>> once(http::open_call& call, const http::route& route, scope whose,
                                  task<result<http::response>> handling);

/// Commits what a handler has done in `open`, a transaction of the runtime or of a tenant, together with its answer if
/// the request has a key.
template <class Transaction>
task<result<http::response>> commit(const http::open_call& call, Transaction& open, http::response answer) {
    claim* const key = call.claim();
    if (key) CO_TRY(co_await key->settle(open, answer));
    CO_TRY(co_await open.commit());
    if (key) key->committed();
    co_return answer;
}

}  // namespace tenon::idempotency
