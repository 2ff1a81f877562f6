// Whether a text in SQLite has the form of a value, as a condition.
#pragma once

#include <string>

namespace tenon::gen {

/// "2026-02-28", of a day that there is.
std::string sqlite_is_date(const std::string& text);
/// "2026-02-28T12:00:00Z", with or without six decimals.
std::string sqlite_is_instant(const std::string& text);
/// In small letters, with hyphens.
std::string sqlite_is_uuid(const std::string& text);

}  // namespace tenon::gen
