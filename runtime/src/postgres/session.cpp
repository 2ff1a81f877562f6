// libpq's blocking calls, and its errors in one line.
#include "postgres/session.hpp"

#include <libpq-fe.h>

#include <algorithm>

#include "postgres/errors.hpp"
#include "postgres/url.hpp"

namespace tenon::db {
namespace {

struct clear {
    void operator()(PGresult* answer) const { PQclear(answer); }
};
using answer_ptr = std::unique_ptr<PGresult, clear>;

/// Of the `position`th character of a UTF-8 text, both counted from one.
std::size_t line_at(std::string_view text, std::size_t position) {
    std::size_t line = 1;
    for (const char c : text) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        if (begins && --position == 0) break;
        if (c == '\n') ++line;
    }
    return line;
}

errc code_of(std::string_view sqlstate) {
    const std::string_view kind = sqlstate.substr(0, 2);
    if (kind == "23") return errc::conflict;
    // Connection lost, no resources, deadlock, interrupted by an operator, and a lock that was not to be had.
    for (const std::string_view away : {"08", "40", "53", "57", "58"})
        if (kind == away) return errc::unavailable;
    return sqlstate == "55P03" ? errc::unavailable : errc::internal;
}

/// The server's message, without its detail: that quotes rows.
error refusal(const PGconn* handle, const PGresult* answer, std::string_view text, std::size_t first_line) {
    const std::string_view sqlstate = sql_state(answer);
    if (PQstatus(handle) != CONNECTION_OK)
        return error(errc::unavailable,
                     "The connection to the database was lost: " + in_one_line(PQerrorMessage(handle)));
    if (sqlstate.empty())
        return error(errc::internal, "The database gave no plain answer (COPY from or to the client is not possible).");
    std::string message;
    if (const std::string_view position = error_field(answer, PG_DIAG_STATEMENT_POSITION); !position.empty())
        message = "line " + std::to_string(first_line - 1 + line_at(text, std::stoul(std::string(position)))) + ": ";
    message += in_one_line(error_field(answer, PG_DIAG_MESSAGE_PRIMARY)) + " (" + std::string(sqlstate) + ")";
    return error(code_of(sqlstate), std::move(message));
}

bool is_good(const PGresult* answer) {
    const ExecStatusType status = PQresultStatus(answer);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

void postgres_session::finish::operator()(pg_conn* handle) const {
    PQfinish(handle);
}

result<postgres_session> postgres_session::open(std::string_view url) {
    TRY(check_postgres_url(url));
    const std::string text(url);
    // What stands before the URL ("dbname") is a default, what stands behind it is not to be changed by it.
    const char* const names[] = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding", nullptr};
    const char* const given[] = {"10", "tenon", text.c_str(), "UTF8", nullptr};
    handle_ptr handle(PQconnectdbParams(names, given, 1));
    if (PQstatus(handle.get()) != CONNECTION_OK)
        return error(errc::unavailable,
                     "The database does not let us in: " + in_one_line(PQerrorMessage(handle.get())));
    PQsetNoticeProcessor(
        handle.get(), [](void*, const char*) {}, nullptr);
    return postgres_session(std::move(handle));
}

result<void> postgres_session::script(std::string_view text, std::size_t first_line) {
    if (text.find('\0') != text.npos) return error(errc::invalid, "The text of a statement has a zero byte.");
    const answer_ptr answer(PQexec(handle_.get(), std::string(text).c_str()));
    if (!is_good(answer.get())) return refusal(handle_.get(), answer.get(), text, first_line);
    return {};
}

result<text_rows> postgres_session::query(const char* text, std::initializer_list<std::string> parameters) {
    std::vector<const char*> given;
    std::transform(parameters.begin(), parameters.end(), std::back_inserter(given),
                   [](const std::string& each) { return each.c_str(); });
    const answer_ptr answer(
        PQexecParams(handle_.get(), text, static_cast<int>(given.size()), nullptr, given.data(), nullptr, nullptr, 0));
    if (!is_good(answer.get())) return refusal(handle_.get(), answer.get(), text, 1);
    text_rows out(static_cast<std::size_t>(PQntuples(answer.get())));
    for (std::size_t row = 0; row < out.size(); ++row)
        for (int column = 0; column < PQnfields(answer.get()); ++column)
            out[row].emplace_back(PQgetvalue(answer.get(), static_cast<int>(row), column));
    return out;
}

bool postgres_session::in_transaction() const {
    return PQtransactionStatus(handle_.get()) != PQTRANS_IDLE;
}

}  // namespace tenon::db
