// The table of conversions, and their SQL for both databases.
#include "generator/migrate/conversions.hpp"

#include <algorithm>

#include "generator/migrate/column_table.hpp"
#include "generator/migrate/list_conversions.hpp"
#include "generator/migrate/postgres_forms.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/sqlite_forms.hpp"

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
    return room ? fit::lossless : fit::may_fail;
}

fit fit_from_text(sql_type to) {
    return to == sql_type::json ? fit::lossless : fit::may_fail;
}

fit fit_to_text(sql_type from) {
    if (from == sql_type::real) return fit::none;  // The databases spell floating numbers differently.
    return from == sql_type::json ? fit::may_fail : fit::lossless;
}

bool is_number(sql_type type) {
    return type == sql_type::integer || type == sql_type::real || type == sql_type::decimal;
}

/// `value` where `fits` holds; NULL stays NULL, and anything else becomes what no column takes.
std::string sqlite_checked(const std::string& of, const std::string& fits, const std::string& value) {
    return "CASE WHEN " + of + " IS NULL THEN NULL WHEN " + fits + " THEN " + value + " ELSE " + sqlite_misfit + " END";
}

/// The same for PostgreSQL: the cast of a text that is no value of the type fails, and depends on the row, so that the
/// planner does not try it beforehand.
std::string postgres_checked(const std::string& of, const std::string& fits, const std::string& value,
                             const std::string& type) {
    return "CASE WHEN " + of + " IS NULL THEN NULL WHEN " + fits + " THEN " + value + " ELSE (" + of +
           "::text || ' does not fit')::" + type + " END";
}

/// Decimal notation without exponents, leading zeros and white space.
std::string sqlite_is_number(const std::string& text) {
    const std::string body = "iif(" + text + " GLOB '-*', substr(" + text + ", 2), " + text + ")";
    return body + " NOT GLOB '*[^0-9.]*' AND " + body + " GLOB '[0-9]*' AND " + body + " GLOB '*[0-9]' AND " + body +
           " NOT GLOB '*.*.*' AND " + body + " NOT GLOB '0[0-9]*'";
}

/// Digits before and behind the point are put together as a whole number: nothing goes through floating point.
std::string sqlite_decimal_of_text(const std::string& text, const schema_column& to) {
    const std::string body = "ltrim(" + text + ", '-')";
    const std::string point = "instr(" + body + " || '.', '.')";
    const std::string whole = "substr(" + body + ", 1, " + point + " - 1)";
    const std::string part = "substr(" + body + ", " + point + " + 1)";
    const std::string scale = std::to_string(to.scale);
    const std::string fits = sqlite_is_number(text) + " AND length(" + part + ") <= " + scale + " AND length(ltrim(" +
                             whole + ", '0')) <= " + std::to_string(to.precision - to.scale);
    const std::string zeros = std::string(static_cast<std::size_t>(to.scale), '0');
    const std::string units = "CAST(" + whole + " || substr(" + part + " || '" + zeros + "', 1, " + scale +
                              ") AS INTEGER) * iif(" + text + " GLOB '-*', -1, 1)";
    return sqlite_checked(text, fits, units);
}

/// The quotient of two whole numbers is the nearest floating number, and what PostgreSQL makes of the text; SQLite's
/// own reading rounds twice.
std::string sqlite_real_of_text(const std::string& text) {
    const std::string digits = "CAST(CAST(replace(" + text + ", '.', '') AS INTEGER) AS REAL)";
    const std::string places = "length(" + text + ") - instr(" + text + " || '.', '.')";
    return sqlite_checked(text, sqlite_is_number(text) + " AND length(" + text + ") <= 15",
                          digits + " / CAST('1' || substr('000000000000000', 1, max(0, " + places + ")) AS REAL)");
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

std::string sqlite_instant_of_text(const std::string& text) {
    const std::string micros =
        "unixepoch(substr(" + text + ", 1, 19)) * 1000000 + CAST(trim(substr(" + text + ", 21, 6), 'Z') AS INTEGER)";
    return sqlite_checked(text, sqlite_is_instant(text), micros);
}

std::string sqlite_from_text(const std::string& text, const schema_column& to) {
    if (const text_form* form = row_of(to.type).form)
        return sqlite_checked(text, form->sqlite_fits(text), form->sqlite_value(text));
    switch (to.type) {
        case sql_type::integer:
            return sqlite_checked(text, "CAST(CAST(" + text + " AS INTEGER) AS TEXT) = " + text,
                                  "CAST(" + text + " AS INTEGER)");
        case sql_type::real:
            return sqlite_real_of_text(text);
        case sql_type::decimal:
            return sqlite_decimal_of_text(text, to);
        case sql_type::boolean:
            return sqlite_checked(text, text + " IN ('true', 'false')", text + " = 'true'");
        case sql_type::instant:
            return sqlite_instant_of_text(text);
        default:
            return text;
    }
}

std::string sqlite_to_text(const std::string& value, const schema_column& from) {
    if (const text_form* form = row_of(from.type).form) return form->sqlite_text(value);
    switch (from.type) {
        case sql_type::boolean:
            return "CASE " + value + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
        case sql_type::decimal:
            return sqlite_text_of_decimal(value, from.scale);
        case sql_type::instant:
            return sqlite_text_of_instant(value);
        case sql_type::json:
            return sqlite_checked(value, "json_type(" + value + ") = 'text'", "json_extract(" + value + ", '$')");
        default:
            return "CAST(" + value + " AS TEXT)";
    }
}

/// A floating number as units of 10^-`scale`, when it is the one nearest to a decimal of so many digits. At most 15
/// digits come through a floating number unchanged. `real`: the database's word for it.
struct real_as_units {
    std::string fits;
    std::string units;
};
real_as_units units_of_real(const std::string& value, int scale, const std::string& real) {
    const std::string unit = power_of_ten(scale);
    const std::string units = scale == 0 ? "round(" + value + ")" : "round(" + value + " * " + unit + ".0)";
    const std::string back = scale == 0 ? units : units + " / CAST(" + unit + " AS " + real + ")";
    return {"abs(" + value + ") < 1e15 AND abs(" + units + ") < 1e15 AND " + back + " = " + value, units};
}

/// With `more` zeros behind it, `value` has no more digits than `to` takes.
std::string sqlite_has_room(const std::string& value, int more, const schema_column& to) {
    if (to.type != sql_type::decimal) return "true";
    const std::string most(static_cast<std::size_t>(std::max(to.precision - more, 0)), '9');
    return value + " BETWEEN -0" + most + " AND 0" + most;
}

/// Numbers are kept as they are, decimals as whole numbers of their last digit.
std::string sqlite_number_to_number(const std::string& value, const schema_column& from, const schema_column& to) {
    const int was = from.type == sql_type::decimal ? from.scale : 0;
    const int now = to.type == sql_type::decimal ? to.scale : 0;
    if (from.type == sql_type::real) {
        const real_as_units exact = units_of_real(value, now, "REAL");
        const std::string units = "CAST(" + exact.units + " AS INTEGER)";
        return sqlite_checked(value, exact.fits + " AND " + sqlite_has_room(units, 0, to), units);
    }
    if (to.type == sql_type::real)
        return sqlite_checked(value, value + " BETWEEN -999999999999999 AND 999999999999999",
                              "CAST(" + value + " AS REAL) / " + power_of_ten(was) + ".0");
    if (now >= was)
        return sqlite_checked(value, sqlite_has_room(value, now - was, to), value + " * " + power_of_ten(now - was));
    const std::string unit = power_of_ten(was - now);
    const std::string fits = value + " % " + unit + " = 0";
    return sqlite_checked(
        value, to.type == sql_type::decimal ? fits + " AND " + sqlite_has_room(value + " / " + unit, 0, to) : fits,
        value + " / " + unit);
}

std::string postgres_number_to_number(const std::string& value, const schema_column& from, const schema_column& to) {
    const std::string type = postgres_type(to);
    const std::string plain = value + "::" + type;
    const int was = from.type == sql_type::decimal ? from.scale : 0;
    const int now = to.type == sql_type::decimal ? to.scale : 0;
    if (from.type == sql_type::real) {
        const real_as_units exact = units_of_real(value, now, "double precision");
        return postgres_checked(value, exact.fits,
                                "(" + exact.units + "::numeric / " + power_of_ten(now) + ")::" + type, type);
    }
    if (to.type == sql_type::real)
        return postgres_checked(value, "abs(" + value + ") < 1000000000000000 / " + power_of_ten(was) + ".0", plain,
                                type);
    if (now >= was) return plain;
    return postgres_checked(value, value + " = round(" + value + ", " + std::to_string(now) + ")", plain, type);
}

std::string postgres_from_text(const std::string& text, const schema_column& to) {
    const std::string type = postgres_type(to);
    if (const text_form* known = row_of(to.type).form) {
        const std::string whole = "^" + std::string(known->expression) + "$";
        return postgres_checked(text, text + " ~ " + quoted_text(whole), known->postgres_value(text), type);
    }
    std::string form;
    switch (to.type) {
        case sql_type::integer:
            form = "^(0|-?[1-9][0-9]{0,18})$";
            break;
        case sql_type::real:
            return postgres_checked(text,
                                    text + " ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?$' AND char_length(" + text + ") <= 15",
                                    text + "::numeric::" + type, type);
        case sql_type::decimal: {
            const int whole = to.precision - to.scale;
            form = "^-?(0" + (whole > 0 ? "|[1-9][0-9]{0," + std::to_string(whole - 1) + "}" : std::string()) + ")" +
                   (to.scale > 0 ? "([.][0-9]{1," + std::to_string(to.scale) + "})?$" : std::string("$"));
            break;
        }
        case sql_type::boolean:
            form = "^(true|false)$";
            break;
        case sql_type::instant:
            form = std::string("^") + postgres_date_form + postgres_time_form + "([.][0-9]{6})?Z$";
            break;
        default:
            return text;
    }
    return postgres_checked(text, text + " ~ " + quoted_text(form), text + "::" + type, type);
}

}  // namespace

fit fit_of(const schema_column& from, const schema_column& to) {
    if (is_list(from) || is_list(to)) {
        if (from.items == to.items) return fit::same;
        if (!is_list(from)) return from.type == sql_type::text && to.items == "string" ? fit::lossless : fit::none;
        return !is_list(to) && to.type == sql_type::json && is_told_from_json(from) ? fit::lossless : fit::none;
    }
    if (!to.format.empty() && from.type != sql_type::text && from.type != sql_type::json) return fit::none;
    if (from.type == to.type) {
        if (from.type != sql_type::decimal) return fit::same;
        if (from.precision == to.precision && from.scale == to.scale) return fit::same;
        return fit_of_decimals(from, to);
    }
    if (from.type == sql_type::text) return fit_from_text(to.type);
    if (to.type == sql_type::text) return fit_to_text(from.type);
    if (is_number(from.type) && is_number(to.type)) return fit::may_fail;
    if (from.type == sql_type::boolean && to.type == sql_type::integer) return fit::lossless;
    if (from.type == sql_type::integer && to.type == sql_type::boolean) return fit::may_fail;
    if (from.type == sql_type::date && to.type == sql_type::instant) return fit::lossless;
    if (from.type == sql_type::instant && to.type == sql_type::date) return fit::may_fail;
    return fit::none;
}

std::int64_t longest_as_text(const schema_column& from) {
    constexpr std::int64_t sign_and_point = 3;  // "-0."
    return from.type == sql_type::decimal ? from.precision + sign_and_point : row_of(from.type).longest_text;
}

std::string postgres_conversion(const std::string& expression, const schema_column& from, const schema_column& to) {
    if (is_list(to) && from.type == sql_type::json && !is_list(from))
        return postgres_checked(expression, postgres_is_list(expression, to), postgres_as_list(expression, to),
                                "jsonb");
    if (is_list(to) && !is_list(from))
        return "CASE WHEN " + expression + " IS NOT NULL THEN jsonb_build_array(" + expression + ") END";
    if (is_list(from) && !is_list(to) && to.type == sql_type::text)
        return "CASE WHEN jsonb_array_length(" + expression + ") <> 1 THEN (" + expression +
               "::text || ' is no list of one')::jsonb ->> 0 ELSE " + expression + " ->> 0 END";
    if (is_number(from.type) && is_number(to.type)) return postgres_number_to_number(expression, from, to);
    if (from.type == sql_type::text && to.type == sql_type::json) return "to_jsonb(" + expression + ")";
    if (from.type == sql_type::text && !is_list(from)) return postgres_from_text(expression, to);
    if (to.type == sql_type::text) {
        if (const text_form* form = row_of(from.type).form) return form->postgres_text(expression);
        if (from.type == sql_type::instant)
            return "to_char(" + expression + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
        if (from.type == sql_type::json)
            return "CASE WHEN jsonb_typeof(" + expression + ") <> 'string' THEN (" + expression +
                   "::text || ' is no text')::jsonb #>> '{}' ELSE " + expression + " #>> '{}' END";
    }
    if (from.type == sql_type::date && to.type == sql_type::instant)
        return expression + "::timestamp AT TIME ZONE 'UTC'";
    if (from.type == sql_type::instant && to.type == sql_type::date) {
        const std::string there = "(" + expression + " AT TIME ZONE 'UTC')";
        return postgres_checked(expression, there + " = date_trunc('day', " + there + ")", there + "::date", "date");
    }
    if (from.type == sql_type::boolean && to.type == sql_type::integer) return expression + "::integer::bigint";
    if (from.type == sql_type::integer && to.type == sql_type::boolean)
        return "CASE " + expression + " WHEN 0 THEN false WHEN 1 THEN true ELSE (" + expression +
               "::text)::boolean END";
    return expression + "::" + postgres_type(to);
}

std::string sqlite_conversion(const std::string& expression, const schema_column& from, const schema_column& to) {
    if (is_list(to) && from.type == sql_type::json && !is_list(from))
        return sqlite_checked(expression, sqlite_is_list(expression, to), sqlite_as_list(expression, to));
    if (is_list(to) && !is_list(from))
        return "CASE WHEN " + expression + " IS NOT NULL THEN json_array(" + expression + ") END";
    if (is_list(from) && to.type == sql_type::text)
        return sqlite_checked(expression, "json_array_length(" + expression + ") = 1",
                              "json_extract(" + expression + ", '$[0]')");
    if (is_list(from) || is_list(to)) return expression;
    if (is_number(from.type) && is_number(to.type)) return sqlite_number_to_number(expression, from, to);
    if (from.type == sql_type::text && to.type == sql_type::json)
        return "CASE WHEN " + expression + " IS NOT NULL THEN json_quote(" + expression + ") END";
    const std::string null_kept = "CASE WHEN " + expression + " IS NULL THEN NULL ELSE ";
    if (from.type == sql_type::text) return null_kept + sqlite_from_text(expression, to) + " END";
    if (to.type == sql_type::text) return null_kept + sqlite_to_text(expression, from) + " END";
    if (from.type == sql_type::date && to.type == sql_type::instant) return "unixepoch(" + expression + ") * 1000000";
    if (from.type == sql_type::instant && to.type == sql_type::date)
        return sqlite_checked(expression, expression + " % 86400000000 = 0",
                              "date(" + expression + " / 1000000, 'unixepoch')");
    if (from.type == sql_type::integer && to.type == sql_type::boolean)
        return sqlite_checked(expression, expression + " IN (0, 1)", expression);
    return expression;  // a boolean as a whole number
}

}  // namespace tenon::gen
