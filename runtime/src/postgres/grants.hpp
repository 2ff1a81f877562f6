// What the role that serves may do with the tables of the role that migrates.
#pragma once

#include <string>
#include <string_view>

#include "postgres/session.hpp"

namespace tenon::db {

/// Who a URL connects as; the server is asked, for poolers and proxies rename users.
result<std::string> role_of(std::string_view url);

/// `owner` lets `role` select, insert, update and delete in each of its tables and use its sequences, and takes back
/// TRUNCATE, REFERENCES and TRIGGER; in `schema_migrations`, `role` may only read. Touches only what differs. Nothing
/// when `role` is the owner.
result<void> grant_rows(postgres_session& owner, const std::string& role);

}  // namespace tenon::db
