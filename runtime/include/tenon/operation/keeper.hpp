// Ends a change: what it has done is kept, where whoever asks wants that, in the transaction that did it.
#pragma once

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>

namespace tenon::db {
class own_transaction;  // the runtime's own, over its own tables
}

namespace tenon::operation {

/// What an operation gives that has nothing to tell.
struct nothing {};

/// Keeps what was done for whoever asks again, such as the answer under an Idempotency-Key. Whatever happens, there is
/// neither change nor memory of it, or both.
template <class Done>
class keeper {
  public:
    virtual ~keeper() = default;
    /// False: there is nothing to keep, and the change may be committed in the trip that brings it.
    virtual bool keeps() const = 0;
    /// The last that `open` does; on an error it is dropped.
    virtual task<result<void>> keep(db::tenant_transaction& open, const Done& done) = 0;
    /// The same, of a built-in operation. Only the keepers of requests know how; any other makes the operation fail.
    virtual task<result<void>> keep(db::own_transaction& /*open*/, const Done& /*done*/) {
        co_return error(errc::internal, "this keeper cannot keep what a built-in operation has done");
    }
    /// That transaction is committed.
    virtual void committed() = 0;
};

/// Says that the next statement of `open` is the last (see there), unless something is kept behind it.
template <class Done>
void commit_with_next(db::tenant_transaction& open, const keeper<Done>* kept) {
    if (kept == nullptr || !kept->keeps()) open.commit_with_next();
}

/// Commits what has been done in `open`. errc::conflict when another attempt of the same has taken over; the errors of
/// a commit.
template <class Transaction, class Done>
task<result<void>> commit(Transaction& open, const Done& done, keeper<Done>* kept) {
    const bool keeps = kept != nullptr && kept->keeps();
    if (keeps) CO_TRY(co_await kept->keep(open, done));
    CO_TRY(co_await open.commit());
    if (keeps) kept->committed();
    co_return result<void>();
}

/// The outcome of an operation that was refused before it began.
template <class Done>
task<result<Done>> refused(error why) {
    co_return why;
}

}  // namespace tenon::operation
