// The table of conversions, and their SQL for both databases.
#include "generator/migrate/conversions.hpp"

#include "generator/migrate/sql_text.hpp"

namespace tenon::gen {

namespace {

std::string power_of_ten(int exponent) {
    return "1" + std::string(static_cast<std::size_t>(exponent), '0');
}

bool is_list(const schema_column& column) {
    return !column.items.empty();
}

fit fit_of_decimals(const schema_column& from, const schema_column& to) {
    const bool room = to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale;
    return room ? fit::lossless : fit::may_lose;
}

fit fit_from_text(sql_type to) {
    return to == sql_type::json ? fit::lossless : fit::may_lose;
}

fit fit_to_text(sql_type from) {
    return from == sql_type::real || from == sql_type::json ? fit::may_lose : fit::lossless;
}

bool is_number(sql_type type) {
    return type == sql_type::integer || type == sql_type::real || type == sql_type::decimal;
}

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
    return out;
}

/// Makes SQLite fail: it has no other way to raise an error within an expression.
std::string sqlite_refusal(const std::string& why) {
    return "json(" + quoted_text(why) + ")";
}

/// Text as a number of `kind`, or left as it is when it is none: a STRICT column of numbers takes no text.
std::string sqlite_number(const std::string& text, const std::string& kind) {
    const std::string value = "CAST(" + text + " AS " + kind + ")";
    return "CASE WHEN typeof(" + text + " + 0) <> 'text' AND trim(" + text + ", '-0123456789.') = '' AND " + text +
           " <> '' THEN " + value + " ELSE " + text + " END";
}

std::string sqlite_text_of_decimal(const std::string& units, int scale) {
    if (scale == 0) return "CAST(" + units + " AS TEXT)";
    const std::string unit = power_of_ten(scale);
    return "printf('%s%d.%0" + std::to_string(scale) + "d', iif(" + units + " < 0, '-', ''), abs(" + units + ") / " +
           unit + ", abs(" + units + ") % " + unit + ")";
}

std::string sqlite_text_of_instant(const std::string& micros) {
    const std::string rest = "((" + micros + " % 1000000 + 1000000) % 1000000)";
    return "strftime('%Y-%m-%dT%H:%M:%S', (" + micros + " - " + rest +
           ") / 1000000, 'unixepoch') || printf('.%06dZ', " + rest + ")";
}

std::string sqlite_from_text(const std::string& text, const schema_column& to) {
    switch (to.type) {
        case sql_type::integer:
            return "CASE WHEN CAST(CAST(" + text + " AS INTEGER) AS TEXT) = " + text + " THEN CAST(" + text +
                   " AS INTEGER) ELSE " + text + " END";
        case sql_type::real:
            return sqlite_number(text, "REAL");
        case sql_type::decimal:
            return "CASE WHEN typeof(" + sqlite_number(text, "REAL") + ") <> 'text' THEN CAST(round(CAST(" + text +
                   " AS REAL) * " + power_of_ten(to.scale) + ") AS INTEGER) ELSE " + text + " END";
        case sql_type::boolean:
            return "CASE " + text + " WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE " + text + " END";
        case sql_type::instant:
            return "CASE WHEN " + text + " GLOB " + quoted_text(glob_of("0000-00-00T00:00:00.000000Z")) +
                   " AND unixepoch(substr(" + text + ", 1, 19)) IS NOT NULL THEN unixepoch(substr(" + text +
                   ", 1, 19)) * 1000000 + CAST(substr(" + text + ", 21, 6) AS INTEGER) ELSE " + text + " END";
        case sql_type::date:
            return "CASE WHEN date(" + text + ") = " + text + " THEN " + text + " ELSE " +
                   sqlite_refusal("a text that is no date") + " END";
        case sql_type::uuid:
            return "CASE WHEN " + text + " GLOB " + quoted_text(glob_of("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")) +
                   " THEN " + text + " ELSE " + sqlite_refusal("a text that is no uuid") + " END";
        case sql_type::json:
        case sql_type::text:
            break;
    }
    return text;
}

std::string sqlite_to_text(const std::string& value, const schema_column& from) {
    switch (from.type) {
        case sql_type::boolean:
            return "CASE " + value + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        case sql_type::decimal:
            return sqlite_text_of_decimal(value, from.scale);
        case sql_type::instant:
            return sqlite_text_of_instant(value);
        case sql_type::json:
            return "CASE WHEN json_type(" + value + ") = 'text' THEN json_extract(" + value + ", '$') ELSE " + value +
                   " END";
        case sql_type::uuid:
        case sql_type::date:
        case sql_type::text:
            return value;
        case sql_type::integer:
        case sql_type::real:
            break;
    }
    return "CAST(" + value + " AS TEXT)";
}

/// Numbers are kept as they are, decimals as whole numbers of their last digit.
std::string sqlite_number_to_number(const std::string& value, const schema_column& from, const schema_column& to) {
    const int was = from.type == sql_type::decimal ? from.scale : 0;
    const int now = to.type == sql_type::decimal ? to.scale : 0;
    const bool exact = from.type != sql_type::real && to.type != sql_type::real;
    if (exact && now >= was) return value + " * " + power_of_ten(now - was);
    const std::string plain = was == 0 ? "CAST(" + value + " AS REAL)" : value + " / " + power_of_ten(was) + ".0";
    if (to.type == sql_type::real) return plain;
    const std::string scaled = now == 0 ? plain : plain + " * " + power_of_ten(now);
    return "CAST(round(" + scaled + ") AS INTEGER)";
}

}  // namespace

fit fit_of(const schema_column& from, const schema_column& to) {
    if (is_list(from) || is_list(to)) {
        if (from.items == to.items) return fit::same;
        if (!is_list(from)) return from.type == sql_type::text && to.items == "string" ? fit::lossless : fit::none;
        return !is_list(to) && to.type == sql_type::json ? fit::lossless : fit::none;
    }
    if (from.type == to.type) {
        if (from.type != sql_type::decimal) return fit::same;
        if (from.precision == to.precision && from.scale == to.scale) return fit::same;
        return fit_of_decimals(from, to);
    }
    if (from.type == sql_type::text) return fit_from_text(to.type);
    if (to.type == sql_type::text) return fit_to_text(from.type);
    if (is_number(from.type) && is_number(to.type)) return fit::may_lose;
    if (from.type == sql_type::boolean && to.type == sql_type::integer) return fit::lossless;
    if (from.type == sql_type::integer && to.type == sql_type::boolean) return fit::may_lose;
    if (from.type == sql_type::date && to.type == sql_type::instant) return fit::lossless;
    if (from.type == sql_type::instant && to.type == sql_type::date) return fit::may_lose;
    return fit::none;
}

std::string postgres_conversion(const std::string& expression, const schema_column& from, const schema_column& to) {
    if (is_list(to) && !is_list(from))
        return "CASE WHEN " + expression + " IS NOT NULL THEN jsonb_build_array(" + expression + ") END";
    if (is_list(from) && !is_list(to) && to.type == sql_type::text) return expression + " ->> 0";
    if (from.type == sql_type::text) {
        if (to.type == sql_type::json) return "to_jsonb(" + expression + ")";
        if (to.type == sql_type::instant) return expression + "::timestamptz";
    }
    if (to.type == sql_type::text) {
        if (from.type == sql_type::instant)
            return "to_char(" + expression + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
        if (from.type == sql_type::json) return expression + " #>> '{}'";
    }
    if (from.type == sql_type::date && to.type == sql_type::instant)
        return expression + "::timestamp AT TIME ZONE 'UTC'";
    if (from.type == sql_type::instant && to.type == sql_type::date)
        return "(" + expression + " AT TIME ZONE 'UTC')::date";
    if (from.type == sql_type::boolean && to.type == sql_type::integer) return expression + "::integer::bigint";
    if (from.type == sql_type::integer && to.type == sql_type::boolean)
        return "CASE " + expression + " WHEN 0 THEN false WHEN 1 THEN true ELSE (" + expression +
               "::text)::boolean END";
    return expression + "::" + postgres_type(to);
}

std::string sqlite_conversion(const std::string& expression, const schema_column& from, const schema_column& to) {
    if (is_list(to) && !is_list(from))
        return "CASE WHEN " + expression + " IS NOT NULL THEN json_array(" + expression + ") END";
    if (is_list(from) && to.type == sql_type::text) return "json_extract(" + expression + ", '$[0]')";
    if (is_list(from) || is_list(to)) return expression;
    if (is_number(from.type) && is_number(to.type)) return sqlite_number_to_number(expression, from, to);
    if (from.type == sql_type::text && to.type == sql_type::json)
        return "CASE WHEN " + expression + " IS NOT NULL THEN json_quote(" + expression + ") END";
    const std::string null_kept = "CASE WHEN " + expression + " IS NULL THEN NULL ELSE ";
    if (from.type == sql_type::text) return null_kept + sqlite_from_text(expression, to) + " END";
    if (to.type == sql_type::text) return null_kept + sqlite_to_text(expression, from) + " END";
    if (from.type == sql_type::date && to.type == sql_type::instant) return "unixepoch(" + expression + ") * 1000000";
    if (from.type == sql_type::instant && to.type == sql_type::date)
        return "date((" + expression + " - ((" + expression +
               " % 1000000 + 1000000) % 1000000)) / 1000000, 'unixepoch')";
    return expression;  // booleans and whole numbers; the column's CHECK refuses what is neither 0 nor 1
}

}  // namespace tenon::gen
