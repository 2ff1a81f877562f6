// JSON as a database gives it back.
#pragma once

#include <string>
#include <string_view>

namespace tenon::json {

/// Appends `stored` without the spaces between its tokens. It is not parsed, in one pass of a millisecond per megabyte:
/// the column's type (jsonb) or check (json_valid) says that it is JSON. False, with any part of it appended, for text
/// that would break out of an answer all the same: unbalanced, unfinished, not UTF-8, or with control characters.
bool append_stored(std::string& out, std::string_view stored);

}  // namespace tenon::json
