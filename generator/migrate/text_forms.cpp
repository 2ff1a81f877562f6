// Regular expressions for PostgreSQL, GLOB and substrings for SQLite.
#include "generator/migrate/text_forms.hpp"

#include "generator/migrate/sql_text.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

std::string bytes_at_most(const std::string& text, int most) {
    return "length(CAST(" + text + " AS BLOB)) <= " + std::to_string(most);
}

/// A host: labels of letters, digits, inner hyphens and whatever is beyond ASCII. `point`: how often ".label" follows.
std::string postgres_host(const std::string& point) {
    const std::string letter = R"([^\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f])";
    const std::string label = letter + "(-*" + letter + ")*";
    return label + "([.]" + label + ")" + point;
}

std::string postgres_is_email(const std::string& text) {
    const std::string taken = R"(\x01-\x20\x7f"(),:;<>[\\\]@)";
    const std::string edge = "[^" + taken + ".]";
    return "octet_length(" + text + ") <= " + std::to_string(longest_email) + " AND octet_length(split_part(" + text +
           ", '@', 1)) <= 64 AND " + text + " !~ '[.][.]|@.*[^.]{64}' AND " + text + " ~ " +
           quoted_text("^" + edge + "([^" + taken + "]*" + edge + ")?@" + postgres_host("+") + "$");
}

std::string postgres_is_url(const std::string& text) {
    const std::string port = "0*([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    return "octet_length(" + text + ") <= " + std::to_string(longest_url) + " AND " + text + " !~ " +
           quoted_text(R"([\x01-\x20\x7f"<>\\^`{|}])") + " AND " + text +
           " !~ '^[^:]*://[^/?#]*[^/?#.:]{64}' AND octet_length(substring(" + text +
           " from '^[^:]*://([^/?#:]*)')) <= 253 AND " + text + " ~* " +
           quoted_text("^https?://(" + postgres_host("*") + R"(|\[[0-9a-f.:]*:[0-9a-f.:]*\])(:)" + port +
                       ")?([/?#].*)?$");
}

std::string sqlite_is_host(const std::string& host) {
    std::string long_label;
    for (int i = 0; i < 64; ++i) long_label += "[^.]";
    std::string out = host + " <> '' AND " + bytes_at_most(host, 253) + " AND " + host +
                      " NOT GLOB '*[^-.0-9A-Za-z' || char(128) || '-' || char(1114111) || ']*' AND " + host +
                      " NOT GLOB '*" + long_label + "*'";
    for (const char* misplaced : {"[-.]*", "*[-.]", "*[.][-.]*", "*-.*"})
        out += " AND " + host + " NOT GLOB '" + misplaced + "'";
    return out;
}

constexpr const char* sqlite_invisible = "char(1) || '- ' || char(127)";

std::string sqlite_is_email(const std::string& text) {
    const std::string at = "instr(" + text + ", '@')";
    const std::string local = "substr(" + text + ", 1, " + at + " - 1)";
    const std::string host = "substr(" + text + ", " + at + " + 1)";
    return bytes_at_most(text, longest_email) + " AND " + at + " > 1 AND " + bytes_at_most(local, 64) + " AND " + text +
           " NOT GLOB '*[]' || " + sqlite_invisible + R"( || '"(),:;<>[\]*' AND )" + local + " NOT GLOB '.*' AND " +
           local + " NOT GLOB '*.' AND " + local + " NOT GLOB '*..*' AND instr(" + host + ", '.') > 0 AND " +
           sqlite_is_host(host);
}

std::string sqlite_is_url(const std::string& text) {
    const std::string rest = "substr(" + text + ", instr(" + text + ", '://') + 3)";
    const std::string place =
        "substr(" + rest + ", 1, instr(replace(replace(" + rest + ", '?', '/'), '#', '/') || '/', '/') - 1)";
    const std::string host = "substr(" + place + ", 1, instr(" + place + " || ':', ':') - 1)";
    // "[::1]", an address of IPv6, has colons of its own.
    const std::string numeric = place + " GLOB '[[]*'";
    const std::string end = "instr(" + place + ", ']')";
    const std::string inner = "substr(" + place + ", 2, " + end + " - 2)";
    const std::string port =
        "iif(" + numeric + ", substr(" + place + ", " + end + " + 1), substr(" + place + ", length(" + host + ") + 1))";
    return bytes_at_most(text, longest_url) + " AND " + text + " NOT GLOB '*[' || " + sqlite_invisible +
           R"( || '"<>^`{|}\]*' AND lower(substr()" + text + ", 1, instr(" + text +
           ", '://') + 2)) IN ('http://', 'https://') AND iif(" + numeric + ", " + end + " > 2 AND instr(" + inner +
           ", ':') > 0 AND " + inner + " NOT GLOB '*[^0-9A-Fa-f:.]*', " + sqlite_is_host(host) + ") AND (" + port +
           " = '' OR (" + port + " GLOB ':[0-9]*' AND substr(" + port + ", 2) NOT GLOB '*[^0-9]*' AND CAST(substr(" +
           port + ", 2) AS INTEGER) BETWEEN 1 AND 65535))";
}

}  // namespace

std::string form_in_words(const std::string& format) {
    return format == "email" ? "an e-mail address" : "an http or https URL";
}

std::string formless_in_words(const schema_table& table, const schema_column& column) {
    return table.name + "." + column.name + ": rows have a text that is not " + form_in_words(column.format);
}

std::string postgres_has_form(const std::string& text, const std::string& format) {
    return format == "email" ? postgres_is_email(text) : postgres_is_url(text);
}

std::string sqlite_has_form(const std::string& text, const std::string& format) {
    return format == "email" ? sqlite_is_email(text) : sqlite_is_url(text);
}

}  // namespace tenon::gen
