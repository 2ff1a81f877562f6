// What a change refers to may go between the look at it and the change: then it is looked at once more, for the answer.
#pragma once

#include <utility>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>

namespace tenon::operation {

/// True when the database refused a change because something that it refers to is not there, or not as it was.
template <class Done>
bool lost_a_reference(const result<Done>& outcome) {
    return !outcome && outcome.error().code == errc::conflict && outcome.error().kind == "reference";
}

/// Drops `open`, so that nobody holds one transaction while waiting for another, and begins the next.
inline task<result<db::tenant_transaction>> begin_again(db::tenant_transaction open, db::tenant_session database) {
    { const db::tenant_transaction dropped(std::move(open)); }
    co_return co_await database.begin();
}

}  // namespace tenon::operation
