// Reads just as much SQL as the runtime and generated repositories write.
#include "db/parameter_columns.hpp"

namespace tenon::db {
namespace {

bool is_parameter_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t first = text.find_first_not_of(spaces);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// Without its quotes.
std::string_view plain_name(std::string_view name) {
    name = trimmed(name);
    const bool quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
    return quoted ? name.substr(1, name.size() - 2) : name;
}

/// The inside of the first parentheses at or behind `from`, which must not hold others.
std::string_view in_parentheses(std::string_view text, std::size_t from) {
    const std::size_t open = text.find('(', from);
    const std::size_t close = open == text.npos ? open : text.find(')', open);
    return close == text.npos ? std::string_view() : text.substr(open + 1, close - open - 1);
}

/// The part at a position of a list with commas.
std::string_view part_at(std::string_view list, std::size_t position) {
    for (; position > 0; --position) {
        const std::size_t comma = list.find(',');
        if (comma == list.npos) return {};
        list.remove_prefix(comma + 1);
    }
    return list.substr(0, list.find(','));
}

std::string_view inserted_column(std::string_view statement, std::string_view parameter) {
    const std::size_t values = statement.find("VALUES");
    if (values == statement.npos) return {};
    const std::string_view names = in_parentheses(statement.substr(0, values), 0);
    const std::string_view given = in_parentheses(statement, values);
    for (std::size_t i = 0;; ++i) {
        const std::string_view part = part_at(given, i);
        if (part.empty()) return {};
        if (trimmed(part) == parameter) return plain_name(part_at(names, i));
    }
}

/// The name before `= $n`, for a parameter that begins at `at`.
std::string_view compared_column(std::string_view statement, std::size_t at) {
    std::string_view before = trimmed(statement.substr(0, at));
    if (!before.ends_with('=')) return {};
    before = trimmed(before.substr(0, before.size() - 1));
    if (!before.ends_with('"')) return {};
    const std::size_t open = before.rfind('"', before.size() - 2);
    return open == before.npos ? std::string_view() : before.substr(open + 1, before.size() - open - 2);
}

}  // namespace

std::string_view column_of_parameter(std::string_view statement, std::size_t number) {
    const std::string parameter = "$" + std::to_string(number);
    if (statement.find("INSERT INTO ") != statement.npos) {
        const std::string_view inserted = inserted_column(statement, parameter);
        if (!inserted.empty()) return inserted;
    }
    for (std::size_t at = statement.find(parameter); at != statement.npos; at = statement.find(parameter, at + 1)) {
        const std::size_t end = at + parameter.size();
        if (end < statement.size() && is_parameter_digit(statement[end])) continue;
        const std::string_view compared = compared_column(statement, at);
        if (!compared.empty()) return compared;
    }
    return {};
}

std::string_view written_table(std::string_view statement) {
    for (const std::string_view verb : {"INSERT INTO ", "UPDATE "}) {
        const std::string_view text = trimmed(statement);
        if (!text.starts_with(verb)) continue;
        const std::string_view rest = text.substr(verb.size());
        return plain_name(rest.substr(0, rest.find_first_of(" \n(")));
    }
    return {};
}

}  // namespace tenon::db
