// Which URLs name a PostgreSQL, and which of them can be handed to libpq without a risk to their password.
#pragma once

#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// "postgres://…" or "postgresql://…".
bool is_postgres_url(std::string_view url);

/// errc::invalid when libpq cannot read it, or would read a part of the password as something else: libpq's messages
/// quote hosts, ports and databases. No message of this function has any part of the URL.
result<void> check_postgres_url(std::string_view url);

}  // namespace tenon::db
