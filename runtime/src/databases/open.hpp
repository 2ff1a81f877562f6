// Opens the database that a URL names, by the library that speaks to it.
#pragma once

#include <memory>
#include <string_view>

#include <tenon/core/error.hpp>

#include "db/backend.hpp"

namespace tenon::db {

/// `url`: "sqlite:PATH" ("sqlite::memory:" for tests), or "postgres://…" and "postgresql://…" as libpq takes them.
/// errc::invalid with what is expected otherwise; errc::unavailable when it cannot be reached.
result<std::unique_ptr<backend>> open(std::string_view url, open_options options = {});

}  // namespace tenon::db
