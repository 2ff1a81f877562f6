// What a text of a time has to look like, and what is cut off it where it says the same in fewer characters.
#include "generator/migrate/time_form.hpp"

#include "generator/migrate/sql_text.hpp"
#include "generator/types/time_form.hpp"

namespace tenon::gen {

namespace {

std::string sqlite_is_time(const std::string& text) {
    const std::string fraction = "substr(" + text + ", 10)";
    return text + " GLOB '[0-2][0-9]:[0-5][0-9]*' AND substr(" + text + ", 1, 2) < '24' AND (length(" + text +
           ") = 5 OR substr(" + text + ", 6) GLOB ':[0-5][0-9]' OR (substr(" + text +
           ", 6) GLOB ':[0-5][0-9].[0-9]*' AND " + fraction + " NOT GLOB '*[^0-9]*' AND length(" + fraction +
           ") <= 6))";
}

std::string sqlite_time(const std::string& text) {
    return "CASE length(" + text + ") WHEN 5 THEN " + text + " || ':00' WHEN 8 THEN " + text + " ELSE rtrim(rtrim(" +
           text + ", '0'), '.') END";
}

}  // namespace

const text_form form_of_times{
    .expression = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?",
    .sqlite_fits = sqlite_is_time,
    .sqlite_value = sqlite_time,
    .sqlite_text = [](const std::string& value) { return value; },
    .postgres_value = [](const std::string& text) { return text + "::time"; },
    .postgres_text = [](const std::string& value) { return value + "::text"; },
};

std::string time_literal(std::int64_t micros) {
    return quoted_text(time_form.print(micros));
}

}  // namespace tenon::gen
