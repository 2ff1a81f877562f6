// How the connections of a process to PostgreSQL are shared out.
#pragma once

#include "postgres/backend.hpp"

namespace tenon::db {

/// What one event loop gets; it has no URL yet. Its share is 5 at least, and 2 at least of those are for transactions;
/// a larger one never has fewer for them.
postgres_options share_of_a_loop(const open_options& all);

/// What a process opens at most: the shares of its event loops, one more share while housekeeping has a loop of its
/// own, and one connection that cancels statements.
std::size_t most_connections(const open_options& all);

}  // namespace tenon::db
