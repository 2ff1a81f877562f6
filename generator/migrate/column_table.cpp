// The types of columns. A further one has its row here.
#include "generator/migrate/column_table.hpp"

#include <array>
#include <stdexcept>

#include "generator/migrate/duration_form.hpp"
#include "generator/migrate/postgres_forms.hpp"
#include "generator/migrate/sqlite_forms.hpp"
#include "generator/migrate/time_form.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_words.hpp"

namespace tenon::gen {

namespace {

constexpr std::int64_t length_of(std::string_view text) {
    return static_cast<std::int64_t>(text.size());
}

/// For values that are kept as the API writes them.
std::string as_it_is(const std::string& text) {
    return text;
}

constexpr text_form of_uuids{
    .expression = postgres_uuid_form,
    .sqlite_fits = sqlite_is_uuid,
    .sqlite_value = as_it_is,
    .sqlite_text = as_it_is,
    .postgres_value = [](const std::string& text) { return text + "::uuid"; },
    .postgres_text = [](const std::string& value) { return value + "::text"; },
};

constexpr text_form of_dates{
    .expression = postgres_date_form,
    .sqlite_fits = sqlite_is_date,
    .sqlite_value = as_it_is,
    .sqlite_text = as_it_is,
    .postgres_value = [](const std::string& text) { return text + "::date"; },
    .postgres_text = [](const std::string& value) { return "to_char(" + value + ", 'YYYY-MM-DD')"; },
};

constexpr auto all_columns = std::to_array<column_row>({
    {
        .type = sql_type::uuid,
        .word = "uuid",
        .in_words = "an id",
        .postgres = "uuid",
        .sqlite = "TEXT",
        .longest_text = length_of("018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f"),
        .form = &of_uuids,
    },
    {.type = sql_type::text, .word = "text", .in_words = "text", .postgres = "text", .sqlite = "TEXT"},
    {
        .type = sql_type::integer,
        .word = "integer",
        .in_words = "a whole number",
        .postgres = "bigint",
        .sqlite = "INTEGER",
        .longest_text = length_of("-9223372036854775808"),
    },
    {
        .type = sql_type::real,
        .word = "real",
        .in_words = "a floating number",
        .postgres = "double precision",
        .sqlite = "REAL",
    },
    {
        .type = sql_type::boolean,
        .word = "boolean",
        .in_words = "true or false",
        .postgres = "boolean",
        .sqlite = "INTEGER",
        .longest_text = length_of("false"),
    },
    {
        .type = sql_type::instant,
        .word = "instant",
        .in_words = "a time",
        .postgres = "timestamptz",
        .sqlite = "INTEGER",
        .longest_text = length_of("2026-01-31T10:00:00.000000Z"),
    },
    {
        .type = sql_type::date,
        .word = "date",
        .in_words = "a date",
        .postgres = "date",
        .sqlite = "TEXT",
        .longest_text = length_of("2026-01-31"),
        .form = &of_dates,
    },
    {
        .type = sql_type::time,
        .word = "time",
        .in_words = "a time of day",
        .postgres = "time",
        .sqlite = "TEXT",
        .longest_text = length_of("09:30:00.000000"),
        .form = &form_of_times,
        .literal = time_literal,
    },
    {
        .type = sql_type::duration,
        .word = "duration",
        .in_words = "a duration",
        .postgres = "bigint",
        .sqlite = "INTEGER",
        .longest_text = length_of("PT2399999H59M59.999999S"),
        .form = &form_of_durations,
    },
    {.type = sql_type::decimal, .word = "decimal", .in_words = "", .postgres = "", .sqlite = "INTEGER"},
    {.type = sql_type::json, .word = "json", .in_words = "json", .postgres = "jsonb", .sqlite = "TEXT"},
});

}  // namespace

const column_row& row_of(sql_type type) {
    for (const column_row& one : all_columns) {
        if (one.type == type) return one;
    }
    throw std::logic_error("a type of columns has no row");
}

std::optional<sql_type> sql_type_of_word(std::string_view word) {
    for (const column_row& one : all_columns) {
        if (one.word == word) return one.type;
    }
    return std::nullopt;
}

const text_form* form_of_items(std::string_view items) {
    const auto kind = type_of_word(items);
    return kind ? row_of(row_of(*kind).column).form : nullptr;
}

}  // namespace tenon::gen
