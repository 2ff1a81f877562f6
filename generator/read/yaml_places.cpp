// Looks at the YAML text around a mark.
#include "generator/read/yaml_places.hpp"

#include <algorithm>
#include <array>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

constexpr auto npos = std::string_view::npos;

/// The offset just past the closing quote; npos when there is none.
std::size_t quote_end(std::string_view text, std::size_t offset) {
    const char quote = text[offset];
    for (std::size_t at = offset + 1; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
            ++at;
        }
    }
    return npos;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
    std::size_t end = std::min(text.find('\n', offset), text.size());
    if (end > offset && text[end - 1] == '\r') --end;
    return end;
}

scalar_place quoted_scalar(std::string_view text, std::size_t offset, std::string_view value) {
    scalar_place place;
    const std::size_t end = quote_end(text, offset);
    if (end == npos) {
        place.at = {offset, line_end(text, offset) - offset};
        place.unclosed = true;
        return place;
    }
    place.at = {offset, end - offset};
    if (text.substr(offset + 1, end - offset - 2) == value) place.verbatim = offset + 1;
    return place;
}

std::string_view line_before(std::string_view text, std::size_t offset) {
    const std::size_t begin = offset == 0 ? npos : text.rfind('\n', offset - 1);
    return text.substr(begin == npos ? 0 : begin + 1, offset - (begin == npos ? 0 : begin + 1));
}

bool inside_flow(std::string_view before) {
    return before.find_first_of("{[") != npos;
}

/// A type with brackets or a question mark, unquoted in flow style: what YAML trips over first in specs.
bool is_unquoted_type(std::string_view text, std::size_t offset) {
    const std::string_view before = line_before(text, offset);
    if (offset >= text.size() || !inside_flow(before)) return false;
    if (text[offset] == '?') return true;
    if (text[offset] != '[') return false;
    const std::string_view word = trimmed(before);
    return !word.empty() && (word.back() == ')' || std::isalnum(static_cast<unsigned char>(word.back())) != 0);
}

struct translation {
    std::string_view complaint;
    std::string_view message;
    std::string_view hint;
};

constexpr auto translations = std::to_array<translation>({
    {"illegal map value", "a ':' that YAML does not expect here",
     "put a text with ': ' in it in quotes; check the indentation"},
    {"end of map not found", "this does not belong to the map around it", "check the indentation"},
    {"end of sequence not found", "this does not belong to the list around it", "check the indentation"},
    {"end of map flow not found", "the '{' before this is not closed here",
     "write a ',' or '}', or put the value in quotes"},
    {"end of sequence flow not found", "the '[' before this is not closed here",
     "write a ',' or ']', or put the value in quotes"},
    {"the referenced anchor is not defined", "no anchor of this name stands before",
     "write the value out, or mark it with '&' first"},
    {"unknown token", "YAML gives this character a meaning of its own", "put the value in quotes"},
    {"illegal tab when looking for indentation", "tab in the indentation", "indent with two spaces"},
    {"illegal EOF in scalar", "this quote is never closed", "close it on the same line"},
    {"illegal document indicator in scalar", "this quote is never closed", "close it on the same line"},
    {"illegal block entry", "a list cannot begin here", "begin it on a line of its own"},
    {"illegal map key", "a key cannot begin here", "begin it on a line of its own"},
    {"illegal flow end", "this bracket closes nothing", "take it out"},
    {"block end not found", "this does not belong to what is around it", "check the indentation"},
    {"character ", "character missing or unknown", "put the value in quotes"},
});

}  // namespace

scalar_place find_scalar(std::string_view text, std::size_t offset, std::string_view value) {
    if (offset >= text.size()) return {{text.size(), 0}, {}, false, false};
    const char first = text[offset];
    if (first == '"' || first == '\'') return quoted_scalar(text, offset, value);
    scalar_place place;
    const bool block = first == '|' || first == '>';
    place.plain = !block;
    if (!block && text.substr(offset, value.size()) == value) {
        place.at = {offset, value.size()};
        place.verbatim = offset;
    } else {
        place.at = {offset, line_end(text, offset) - offset};
    }
    return place;
}

std::size_t skip_properties(std::string_view text, std::size_t offset) {
    while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
        std::size_t end = offset + alias_length(text, offset);
        end = text.find_first_not_of(" \t\r\n", end);
        if (end == npos) return offset;
        offset = end;
    }
    return offset;
}

std::size_t null_word_length(std::string_view text, std::size_t offset) {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (offset <= text.size() && text.substr(offset).starts_with(word)) {
            const std::size_t end = offset + word.size();
            if (end >= text.size() || std::string_view(" \t\r\n,]}#:").find(text[end]) != npos) return word.size();
        }
    }
    return 0;
}

std::size_t alias_length(std::string_view text, std::size_t offset) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}", offset), text.size());
    return std::max<std::size_t>(1, end - std::min(end, offset));
}

std::size_t flow_length(std::string_view text, std::size_t offset) {
    const std::size_t end = text.find_first_of("]}", offset);
    return end == npos ? 1 : end + 1 - offset;
}

syntax_message explain_syntax(std::string_view text, std::size_t offset, std::string_view complaint,
                              std::optional<std::size_t> open_bracket) {
    syntax_message said;
    const std::size_t length = offset < text.size() && text[offset] != '\n' && text[offset] != '\r' ? 1 : 0;
    said.at = {offset, length};
    if (is_unquoted_type(text, offset)) {
        said.message = "a type with brackets or '?' needs quotes inside '{}' and '[]'";
        said.hint = "write it like this: \"enum [a, b]\", \"string[]\", \"text?\"";
        return said;
    }
    if (open_bracket && text.substr(*open_bracket, offset - std::min(offset, *open_bracket)).find('\n') != npos) {
        said.at = {*open_bracket, 1};
        said.message = "the bracket that opens here is not closed";
        said.hint = "it shows in line " + std::to_string(line_index(text).place(offset).line);
        return said;
    }
    for (const translation& one : translations) {
        if (!complaint.starts_with(one.complaint)) continue;
        said.message = one.message;
        said.hint = one.hint;
        return said;
    }
    said.message = "not valid YAML: " + std::string(complaint);
    return said;
}

}  // namespace tenon::gen
