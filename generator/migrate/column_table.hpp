// What differs between the types of columns: a row for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// Values that the API writes as a text of one form, in SQL. Every function takes an expression.
struct text_form {
    std::string_view expression;                           ///< Regular, of the whole text, as PostgreSQL reads it.
    std::string (*sqlite_fits)(const std::string& text);   ///< The condition under which it is such a text.
    std::string (*sqlite_value)(const std::string& text);  ///< Of a text that fits, as the column keeps it.
    std::string (*sqlite_text)(const std::string& value);
    std::string (*postgres_value)(const std::string& text);
    std::string (*postgres_text)(const std::string& value);
};

/// All texts are ASCII and live for ever.
struct column_row {
    sql_type type{};
    std::string_view word;      ///< In records.
    std::string_view in_words;  ///< "a date"; empty: its parameters have to be told as well.
    std::string_view postgres;  ///< The type; empty: its parameters are in it.
    std::string_view sqlite;
    std::int64_t longest_text = 0;  ///< As text that a column of texts becomes or was; 0: there is no saying.
    const text_form* form = nullptr;
    std::string (*literal)(std::int64_t value) = nullptr;  ///< Of a default that is counted; null: the number.
};

const column_row& row_of(sql_type type);
std::optional<sql_type> sql_type_of_word(std::string_view word);
/// The form of items of a list, by their word in the language; null where they have none.
const text_form* form_of_items(std::string_view items);

}  // namespace tenon::gen
