// Tenants, a page at a time.
#include "db/tenants_in_turn.hpp"

#include <string>
#include <utility>

#include "db/own_session.hpp"

namespace tenon::db {

task<result<rows>> tenants_after(backend& database, uuid last, std::chrono::steady_clock::time_point deadline) {
    const std::string text =
        "SELECT id FROM {tenants} WHERE id > $1 ORDER BY id LIMIT " + std::to_string(tenants_at_once);
    own_session session(database, deadline, row_scope::of_service());
    auto parameters = args(last);
    co_return co_await session.read(text, std::move(parameters));
}

bool is_away(const error& why) {
    return why.code == errc::unavailable && why.retry_after.count() == 0;
}

}  // namespace tenon::db
