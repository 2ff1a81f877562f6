// Maps SQLSTATE (PostgreSQL's appendix A) to the closed set of errors.
#include "postgres/errors.hpp"

#include <algorithm>
#include <charconv>

#include "db/parameter_columns.hpp"

namespace tenon::db {
namespace {

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), state) != all.end();
}

/// Connections, resources, operators and input/output: what passes without a change of the program.
bool is_outage(std::string_view state) {
    if (state == "08P01") return false;  // a protocol violation, such as a wrong number of parameters
    const std::string_view group = state.substr(0, 2);
    return is_one_of(group, {"08", "53", "57", "58"}) || is_one_of(state, {"25006", "25P03"});
}

}  // namespace

std::string_view error_field(const PGresult* failed, int which) {
    const char* const text = PQresultErrorField(failed, which);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

std::string in_one_line(std::string_view message) {
    std::string out;
    for (const char c : message) {
        const bool space = c == '\n' || c == '\t' || c == ' ';
        if (!space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string_view sql_state(const PGresult* failed) {
    return error_field(failed, PG_DIAG_SQLSTATE);
}

violated_index index_of(const PGresult* failed) {
    violated_index out;
    out.schema = error_field(failed, PG_DIAG_SCHEMA_NAME);
    out.name = error_field(failed, PG_DIAG_CONSTRAINT_NAME);
    return out;
}

error connection_lost() {
    return error(errc::unavailable, "The database is not available.");
}

namespace {

/// The server's context ends in a line such as "unnamed portal parameter $2 = '...'", in its own language.
std::size_t failed_parameter(const PGresult* failed) {
    std::string_view context = error_field(failed, PG_DIAG_CONTEXT);
    context.remove_prefix(std::min(context.rfind('\n') + 1, context.size()));
    const std::size_t dollar = context.find('$');
    if (dollar == context.npos) return 0;
    std::size_t out = 0;
    std::from_chars(context.data() + dollar + 1, context.data() + context.size(), out);
    return out;
}

/// It had to give way to others, and may be done at once: only this kind of errc::unavailable says when.
error gave_way() {
    error out(errc::unavailable, "The database is busy.");
    out.retry_after = std::chrono::seconds(1);
    return out;
}

error refused_value(const PGresult* failed, std::string_view statement) {
    const std::size_t parameter = failed_parameter(failed);
    const std::string_view column = parameter == 0 ? std::string_view() : column_of_parameter(statement, parameter);
    const bool writes = !written_table(statement).empty();
    field_errors errors;
    errors.add(column.empty() ? std::string() : (writes ? "/" : "?") + std::string(column),
               "holds a value that the database cannot keep");
    return error(std::move(errors));
}

}  // namespace

error postgres_error(const PGresult* failed, std::string_view statement) {
    const std::string_view state = sql_state(failed);
    if (state == unique_violation)
        return error(errc::conflict, "A value that must be unique is already taken.", "unique");
    if (is_one_of(state, {"23503", "23001"}))
        return error(errc::conflict,
                     "A record that this refers to does not exist, or another record still refers to this one.",
                     "reference");
    if (state == "57014") return error(errc::deadline_exceeded, "The database did not answer in time.");
    if (is_one_of(state, {"40001", "40P01", "55P03"})) return gave_way();
    if (state.starts_with("22")) return refused_value(failed, statement);
    if (state == limit_exceeded) return error(errc::invalid, "A value is too long for the database.", "too_long");
    if (state.empty() || is_outage(state)) return connection_lost();
    return error(errc::internal,
                 "postgres (" + std::string(state) + "): " + std::string(error_field(failed, PG_DIAG_MESSAGE_PRIMARY)));
}

}  // namespace tenon::db
