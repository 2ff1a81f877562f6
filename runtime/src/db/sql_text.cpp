// A scanner that knows just enough SQL to leave literals and comments alone.
#include "db/sql_text.hpp"

#include <algorithm>
#include <array>

namespace tenon::db {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::size_t end_of_quoted(std::string_view text, std::size_t from) {
    const char quote = text[from] == '[' ? ']' : text[from];
    std::size_t i = from + 1;
    for (; i < text.size(); ++i) {
        if (text[i] != quote) continue;
        const bool doubled = quote != ']' && i + 1 < text.size() && text[i + 1] == quote;
        if (!doubled) return i + 1;
        ++i;
    }
    return text.size();
}

/// The end of the literal, quoted name or comment that begins at `from`; `from` itself when none does.
std::size_t end_of_opaque(std::string_view text, std::size_t from) {
    const char c = text[from];
    if (c == '\'' || c == '"' || c == '`' || c == '[') return end_of_quoted(text, from);
    const std::string_view two = text.substr(from, 2);
    if (two == "--") return std::min(text.find('\n', from), text.size());
    if (two == "/*") {
        const std::size_t close = text.find("*/", from + 2);
        return close == text.npos ? text.size() : close + 2;
    }
    return from;
}

/// The next bare word at or after `from`, in lower case; moves `from` behind it. Empty at the end.
std::string next_word(std::string_view text, std::size_t& from) {
    while (from < text.size()) {
        if (const std::size_t end = end_of_opaque(text, from); end > from) {
            from = end;
        } else if (is_letter(text[from])) {
            const std::size_t start = from;
            while (from < text.size() && (is_letter(text[from]) || is_digit(text[from]))) ++from;
            std::string word(text.substr(start, from - start));
            for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            return word;
        } else {
            ++from;
        }
    }
    return {};
}

std::string_view without_row_lock(std::string_view text) {
    static constexpr std::array<std::string_view, 4> locks = {"FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE",
                                                              "FOR KEY SHARE"};
    for (const std::string_view lock : locks) {
        if (!text.ends_with(lock)) continue;
        const std::string_view before = text.substr(0, text.size() - lock.size());
        if (!before.empty() && is_space(before.back())) return before;
    }
    return text;
}

}  // namespace

std::string sqlite_form(std::string_view text) {
    text = without_row_lock(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t end = end_of_opaque(text, i); end > i) {
            out.append(text.substr(i, end - i));
            i = end;
            continue;
        }
        const bool parameter = text[i] == '$' && i + 1 < text.size() && is_digit(text[i + 1]);
        out.push_back(parameter ? '?' : text[i]);
        ++i;
    }
    return out;
}

bool changes_rows(std::string_view text) {
    static constexpr std::array<std::string_view, 5> changing = {"insert", "update", "delete", "replace", "with"};
    std::size_t at = 0;
    return std::find(changing.begin(), changing.end(), next_word(text, at)) != changing.end();
}

bool only_checks(std::string_view text) {
    std::size_t at = 0;
    return text.ends_with("FOR KEY SHARE") && next_word(text, at) == "select";
}

}  // namespace tenon::db
