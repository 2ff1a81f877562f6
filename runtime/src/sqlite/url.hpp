// What DATABASE_URL may say.
#pragma once

#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// The path of "sqlite:PATH" (":memory:" included); errc::invalid with what is expected otherwise.
result<std::string> sqlite_path(std::string_view url);

}  // namespace tenon::db
