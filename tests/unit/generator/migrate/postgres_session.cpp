// libpq's blocking calls.
#include "tests/unit/generator/migrate/postgres_session.hpp"

#include <libpq-fe.h>

namespace tenon::gen {

namespace {

std::string cells_of(const PGresult* rows) {
    std::string out;
    for (int row = 0; row < PQntuples(rows); ++row) {
        for (int column = 0; column < PQnfields(rows); ++column) {
            if (column > 0) out += '|';
            out += PQgetisnull(rows, row, column) != 0 ? "NULL" : PQgetvalue(rows, row, column);
        }
        out += '\n';
    }
    return out;
}

}  // namespace

postgres_session::postgres_session(const std::string& address) : handle_(PQconnectdb(address.c_str())) {
    PQsetNoticeProcessor(
        handle_, [](void*, const char*) {}, nullptr);
}

postgres_session::~postgres_session() {
    PQfinish(handle_);
}

std::string postgres_session::send(const std::string& sql) {
    PGresult* result = PQexec(handle_, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    std::string out = good ? cells_of(result) : "ERROR: " + std::string(PQresultErrorMessage(result));
    if (!good && PQresultErrorMessage(result)[0] == '\0') out += PQerrorMessage(handle_);
    PQclear(result);
    return out;
}

std::string postgres_session::run(const std::string& sql) {
    return send(sql);
}

std::string postgres_session::run_one_by_one(const std::string& sql) {
    for (std::size_t at = 0; at < sql.size();) {
        std::size_t end = sql.find("\n\n", at);
        if (end == std::string::npos) end = sql.size();
        const std::string answer = send(sql.substr(at, end - at));
        if (answer.starts_with("ERROR: ")) return answer;
        at = end + 2;
    }
    return {};
}

}  // namespace tenon::gen
