// Refuses texts that YAML parsers and people would read differently.
#include "generator/read/text_check.hpp"

#include <optional>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool check_size(std::string_view text, std::size_t max_bytes, reporter& out) {
    if (text.size() <= max_bytes) return true;
    const std::size_t kibibytes = max_bytes >> 10;
    const std::string most =
        kibibytes % 1024 == 0 ? std::to_string(kibibytes >> 10) + " MiB" : std::to_string(kibibytes) + " KiB";
    out.report(code::file_too_large, {}, "the spec is larger than " + most, "a spec describes a product, not its data");
    return false;
}

bool check_encoding(std::string_view text, reporter& out) {
    const auto invalid = find_invalid_utf8(text);
    if (!invalid) return true;
    const bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    out.report(code::invalid_utf8, {*invalid, 1}, "the spec is not UTF-8: byte " + escaped(text.substr(*invalid, 1)),
               utf16 ? "the file is UTF-16; save it as UTF-8" : "save the file as UTF-8");
    return false;
}

bool is_allowed(char32_t c) {
    return c == U'\n' || c == U'\r' || c == U'\t' || !is_control(c);
}

/// Only the first is reported: a binary file has thousands.
bool check_controls(std::string_view text, reporter& out) {
    std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (at < text.size()) {
        const decoded one = decode_utf8(text, at);
        if (one.value && !is_allowed(*one.value)) {
            out.report(code::control_character, {at, one.length},
                       "control character " + escaped(text.substr(at, one.length)) + " in the spec",
                       text[at] == '\0' ? "is this a text file?" : "take the invisible character out");
            return false;
        }
        at += one.length;
    }
    return true;
}

/// The first tab in the indentation of a line that says something.
std::optional<std::size_t> indentation_tab(std::string_view text, std::size_t line_begin) {
    const std::size_t word = text.find_first_not_of(" \t", line_begin);
    if (word == std::string_view::npos || text[word] == '\n' || text[word] == '\r' || text[word] == '#') return {};
    const std::size_t tab = text.substr(line_begin, word - line_begin).find('\t');
    return tab == std::string_view::npos ? std::nullopt : std::optional(line_begin + tab);
}

bool check_tabs(std::string_view text, reporter& out) {
    std::optional<std::size_t> first;
    std::size_t count = 0;
    for (std::size_t line = 0; line < text.size();) {
        const auto tab = indentation_tab(text, line);
        if (tab) ++count;
        if (tab && !first) first = tab;
        const std::size_t end = text.find('\n', line);
        line = end == std::string_view::npos ? text.size() : end + 1;
    }
    if (!first) return true;
    std::string message = "tab in the indentation";
    if (count > 1)
        message += ", here and in " + std::to_string(count - 1) + (count == 2 ? " more line" : " more lines");
    out.report(code::tab_indentation, {*first, 1}, message, "indent with two spaces");
    return false;
}

}  // namespace

bool check_text(std::string_view text, std::size_t max_bytes, reporter& out) {
    return check_size(text, max_bytes, out) && check_encoding(text, out) && check_controls(text, out) &&
           check_tabs(text, out);
}

}  // namespace tenon::gen
