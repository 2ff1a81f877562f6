// SQLite has no regular expressions, but GLOB, and functions that know the calendar.
#include "generator/migrate/sqlite_forms.hpp"

#include <string_view>

#include "generator/migrate/sql_text.hpp"

namespace tenon::gen {

namespace {

/// A pattern of GLOB: 0 stands for a digit, x for a small hexadecimal one.
std::string glob_of(std::string_view form) {
    std::string out;
    for (const char c : form) {
        if (c == '0')
            out += "[0-9]";
        else if (c == 'x')
            out += "[0-9a-f]";
        else
            out += c;
    }
    return quoted_text(out);
}

}  // namespace

std::string sqlite_is_date(const std::string& text) {
    return text + " GLOB " + glob_of("0000-00-00") + " AND date(" + text + ", '+0 days') = " + text + " AND " + text +
           " >= '0001'";
}

std::string sqlite_is_instant(const std::string& text) {
    return "(" + text + " GLOB " + glob_of("0000-00-00T00:00:00.000000Z") + " OR " + text + " GLOB " +
           glob_of("0000-00-00T00:00:00Z") + ") AND " + sqlite_is_date("substr(" + text + ", 1, 10)") + " AND substr(" +
           text + ", 12, 2) < '24' AND unixepoch(substr(" + text + ", 1, 19)) IS NOT NULL";
}

std::string sqlite_is_uuid(const std::string& text) {
    return text + " GLOB " + glob_of("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
}

}  // namespace tenon::gen
