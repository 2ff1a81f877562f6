// Maps SQLite's (extended) result codes to the closed set of errors.
#include "sqlite/errors.hpp"

#include <sqlite3.h>

namespace tenon::db {

std::vector<field_error> unique_columns(std::string_view message) {
    std::vector<field_error> out;
    constexpr std::string_view intro = "UNIQUE constraint failed: ";
    if (!message.starts_with(intro) || message.substr(intro.size()).starts_with("index ")) return out;
    message.remove_prefix(intro.size());
    while (!message.empty()) {
        const std::size_t comma = message.find(", ");
        const std::string_view qualified = message.substr(0, comma);
        const std::size_t dot = qualified.rfind('.');
        const std::string_view column = dot == qualified.npos ? qualified : qualified.substr(dot + 1);
        out.push_back(field_error{"/" + std::string(column), "is already taken"});
        message.remove_prefix(comma == message.npos ? message.size() : comma + 2);
    }
    return out;
}

error sqlite_error(sqlite3* connection, int code) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: {
            error taken(errc::conflict, "A value that must be unique is already taken.", "unique");
            taken.fields = unique_columns(sqlite3_errmsg(connection));
            return taken;
        }
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return error(errc::conflict,
                         "A record that this refers to does not exist, or another record still refers to this one.",
                         "reference");
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH: {
            field_errors errors;
            errors.add("", "holds a value that the database cannot keep");
            return error(std::move(errors));
        }
        case SQLITE_INTERRUPT:
            return error(errc::deadline_exceeded, "The database did not answer in time.");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error(errc::unavailable, "The database is busy.");
        case SQLITE_FULL:
        case SQLITE_READONLY:
            return error(errc::unavailable, "The database cannot store changes at the moment.");
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
            return error(errc::unavailable, "The database is not available.");
        default:
            return error(errc::internal, std::string("sqlite (") + std::to_string(code) +
                                             "): " + (connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code)));
    }
}

}  // namespace tenon::db
