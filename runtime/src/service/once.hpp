// Requests that happen once: what the pipeline and handlers know of it. How it is done: idempotency/.
#pragma once

#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>
#include <tenon/service/call.hpp>
#include <tenon/service/route.hpp>

#include "claims/key_scope.hpp"
#include "db/own_session.hpp"
#include "service/call_access.hpp"

namespace tenon::service {

/// One request's hold on its Idempotency-Key.
class claim {
  public:
    virtual ~claim() = default;
    /// Keeps `answer` with what `open` has done, as a part of it. errc::conflict when the key was lost meanwhile: the
    /// transaction must then be dropped.
    virtual task<result<void>> settle(db::own_transaction& open, const http::response& answer) = 0;
    virtual task<result<void>> settle(db::tenant_transaction& open, const http::response& answer) = 0;
    /// That transaction is committed.
    virtual void committed() = 0;
};

/// Thread-safe.
class once_keeper {
  public:
    virtual ~once_keeper() = default;
    virtual bool is_asked(const http::request& request) const = 0;
    /// Answers `call`, whose request has a key (`is_asked`): with what was answered to the same key before, with a
    /// refusal, or by `handling`, which is only started then.
    virtual task<result<http::response>> once(open_call& call, const route& which, claims::key_scope whose,
                                              task<result<http::response>> handling) = 0;
};

/// Commits what a handler has done in `open`, a transaction of the runtime or of a tenant, together with its answer if
/// the request has a key.
template <class Transaction>
task<result<http::response>> commit(const open_call& call, Transaction& open, http::response answer) {
    claim* const key = call_access::claim(call);
    if (key) CO_TRY(co_await key->settle(open, answer));
    CO_TRY(co_await open.commit());
    if (key) key->committed();
    co_return answer;
}

}  // namespace tenon::service
