// SQL texts on their way to SQLite: parameters rewritten, row locks left out.
#pragma once

#include <string>
#include <string_view>

namespace tenon::db {

/// `$n` becomes `?n`, outside of string literals, quoted names and comments, and a row lock at the end (FOR UPDATE, FOR
/// KEY SHARE and the like) goes away: whoever writes is alone anyway.
std::string sqlite_form(std::string_view text);

/// True for a statement that changes rows and nothing else, and may therefore stand in a transaction with others:
/// INSERT, UPDATE, DELETE, REPLACE, and WITH before one.
bool changes_rows(std::string_view text);

/// True for a SELECT whose rows must still be there when its transaction ends: FOR KEY SHARE.
bool only_checks(std::string_view text);

}  // namespace tenon::db
