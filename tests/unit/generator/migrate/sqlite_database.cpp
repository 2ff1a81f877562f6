// SQLite's C interface, as little of it as the tests need.
#include "tests/unit/generator/migrate/sqlite_database.hpp"

#include <sqlite3.h>

namespace tenon::gen {

sqlite_database::sqlite_database() {
    sqlite3_open(":memory:", &handle_);
    run("PRAGMA foreign_keys = ON");
}

sqlite_database::~sqlite_database() {
    sqlite3_close(handle_);
}

std::string sqlite_database::run(const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message);
    std::string out = code == SQLITE_OK ? "" : (message ? message : "failed");
    sqlite3_free(message);
    return out;
}

std::string sqlite_database::run_in_transaction(const std::string& sql) {
    run("PRAGMA foreign_keys = OFF");
    run("BEGIN IMMEDIATE");
    std::string failure = run(sql);
    if (failure.empty()) failure = ask("SELECT \"table\" || ' refers to nothing' FROM pragma_foreign_key_check");
    if (failure.empty()) failure = run("COMMIT");
    if (!failure.empty()) run("ROLLBACK");
    run("PRAGMA foreign_keys = ON");
    return failure;
}

std::string sqlite_database::ask(const std::string& sql) {
    std::string out;
    const auto add_row = [](void* to, int count, char** cells, char**) {
        auto& text = *static_cast<std::string*>(to);
        for (int i = 0; i < count; ++i) text += (i > 0 ? "|" : "") + std::string(cells[i] ? cells[i] : "NULL");
        text += '\n';
        return 0;
    };
    char* message = nullptr;
    if (sqlite3_exec(handle_, sql.c_str(), add_row, &out, &message) != SQLITE_OK)
        out = std::string("ERROR: ") + (message ? message : "failed");
    sqlite3_free(message);
    return out;
}

std::string sqlite_database::shape() {
    return ask("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name");
}

}  // namespace tenon::gen
