// PostgreSQL tells a duration by a regular expression. SQLite has none: there a text is one when its digits, put
// together and written again, are the same text.
#include "generator/migrate/duration_form.hpp"

namespace tenon::gen {

namespace {

constexpr const char* longest_micros = "8640000000000000";

/// The same in both databases. What is no duration, written by hand, stays a number.
std::string text_of_micros(const std::string& micros) {
    const auto part = [&](const std::string& value, const char* unit) {
        return "CASE WHEN " + value + " > 0 THEN CAST(" + value + " AS TEXT) || '" + unit + "' ELSE '' END";
    };
    const std::string fraction =
        "rtrim(rtrim('.' || substr(CAST(1000000 + " + micros + " % 1000000 AS TEXT), 2), '0'), '.')";
    return "CASE WHEN " + micros + " IS NULL THEN NULL WHEN " + micros + " < 0 THEN CAST(" + micros +
           " AS TEXT) WHEN " + micros + " = 0 THEN 'PT0S' ELSE 'PT' || " + part("(" + micros + " / 3600000000)", "H") +
           " || " + part("(" + micros + " / 60000000 % 60)", "M") + " || CASE WHEN " + micros +
           " % 60000000 > 0 THEN CAST(" + micros + " / 1000000 % 60 AS TEXT) || " + fraction +
           " || 'S' ELSE '' END END";
}

/// The whole number before `unit` in `text`, or 0; and what stands behind it.
std::string number_before(const std::string& unit, const std::string& text) {
    return "CAST(substr(" + text + ", 1, max(instr(" + text + ", '" + unit + "') - 1, 0)) AS INTEGER)";
}
std::string behind(const std::string& unit, const std::string& text) {
    return "substr(" + text + ", instr(" + text + ", '" + unit + "') + 1)";
}

/// `what` of the `micros` that `text` comes to if it is a duration. Part by part, so that none is written out again
/// wherever the next one needs it: SQLite's parser goes 100 deep.
std::string sqlite_from_micros(const std::string& text, const std::string& what) {
    const std::string hours = "SELECT " + number_before("H", "whole") + " AS hours, " + behind("H", "whole") +
                              " AS rest FROM (SELECT substr(" + text + ", 3) AS whole)";
    const std::string minutes = "SELECT hours, " + number_before("M", "rest") + " AS minutes, " + behind("M", "rest") +
                                " AS seconds FROM (" + hours + ")";
    const std::string fraction =
        "substr(rtrim(substr(seconds, instr(seconds || '.', '.') + 1), 'S') || '000000', 1, 6)";
    return "(SELECT " + what + " FROM (SELECT hours * 3600000000 + minutes * 60000000 + " +
           "CAST(seconds AS INTEGER) * 1000000 + CAST(" + fraction + " AS INTEGER) AS micros FROM (" + minutes + ")))";
}

std::string sqlite_micros(const std::string& text) {
    return sqlite_from_micros(text, "micros");
}

std::string sqlite_is_duration(const std::string& text) {
    const std::string fits =
        std::string("micros BETWEEN 0 AND ") + longest_micros + " AND " + text_of_micros("micros") + " = " + text;
    return "length(" + text + ") <= 24 AND " + sqlite_from_micros(text, fits);
}

/// Nothing is divided, and no digit goes through floating point.
std::string postgres_micros(const std::string& text) {
    const auto number = [&](const std::string& unit) {
        return "coalesce(substring(" + text + " from '([0-9]+)" + unit + "')::bigint, 0)";
    };
    return "(" + number("H") + " * 3600000000 + " + number("M") + " * 60000000 + coalesce(substring(" + text +
           " from '([0-9.]+)S')::numeric * 1000000, 0)::bigint)";
}

}  // namespace

const text_form form_of_durations{
    // Hours below 2,400,000 or just as many, then minutes and seconds below 60, where there are any.
    .expression =
        "PT(0S|2400000H"
        "|(2[0-3][0-9]{5}|1[0-9]{6}|[1-9][0-9]{0,5})H"
        "(([1-9]|[1-5][0-9])M)?((([1-9]|[1-5][0-9])([.][0-9]{0,5}[1-9])?|0[.][0-9]{0,5}[1-9])S)?"
        "|([1-9]|[1-5][0-9])M((([1-9]|[1-5][0-9])([.][0-9]{0,5}[1-9])?|0[.][0-9]{0,5}[1-9])S)?"
        "|(([1-9]|[1-5][0-9])([.][0-9]{0,5}[1-9])?|0[.][0-9]{0,5}[1-9])S)",
    .sqlite_fits = sqlite_is_duration,
    .sqlite_value = sqlite_micros,
    .sqlite_text = text_of_micros,
    .postgres_value = postgres_micros,
    .postgres_text = text_of_micros,
};

}  // namespace tenon::gen
