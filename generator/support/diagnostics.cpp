// Printing diagnostics: for people with source line and caret, as JSON, and as GitHub workflow commands.
#include "generator/support/diagnostics.hpp"

#include <algorithm>

#include "generator/support/report_json.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

constexpr std::size_t widest_excerpt = 120;  // Code points of a source line shown; of a longer line, a part.

struct place_range {
    line_column first;
    line_column last;  ///< Just past the end.
};

place_range places_of(const line_index& lines, source_range at) {
    return {lines.place(at.offset), lines.place(at.offset + at.length)};
}

struct paint {
    std::string_view bold, red, yellow, cyan, off;
};

paint paint_for(bool colour) {
    if (!colour) return {};
    return {"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[36m", "\x1b[0m"};
}

/// A source line as shown, and the line below it that carries the caret.
struct excerpt {
    std::string shown;
    std::string caret;
};

/// Adds one code point to the shown line and as many columns of `filler` to the caret line. Tabs stay tabs in both, so
/// that they line up whatever the terminal's tab stops are.
void add_code_point(excerpt& out, const decoded& one, std::string_view bytes, bool underlined, bool first) {
    const bool tab = one.value == U'\t';
    const bool hidden = !one.value || (is_control(*one.value) && !tab);
    out.shown += hidden ? "\uFFFD" : bytes;
    if (!underlined) {
        out.caret += tab ? std::string("\t")
                         : std::string(hidden ? 1 : static_cast<std::size_t>(display_width(*one.value)), ' ');
        return;
    }
    const int width = hidden || tab ? 1 : display_width(*one.value);
    for (int i = 0; i < width; ++i) out.caret += first && i == 0 ? '^' : '~';
}

/// Shows columns `first` up to `last` (exclusive) of a line underlined. Of long lines only a window around them.
excerpt make_excerpt(std::string_view line, std::size_t first, std::size_t last) {
    constexpr std::size_t lead = 40;
    const std::size_t total = count_code_points(line);
    const std::size_t begin = total > widest_excerpt && first > lead ? first - lead : 1;
    const std::size_t end = std::min(total, begin + widest_excerpt - 1);
    excerpt out;
    if (begin > 1) {
        out.shown += "…";
        out.caret += ' ';
    }
    std::size_t column = 1;
    for (std::size_t at = 0; at < line.size() && column <= end; ++column) {
        const decoded one = decode_utf8(line, at);
        const bool underlined = column >= first && column < last;
        if (column >= begin) add_code_point(out, one, line.substr(at, one.length), underlined, column == first);
        at += one.length;
    }
    if (end < total) out.shown += "…";
    if (first > total) out.caret += '^';
    const std::size_t mark = out.caret.find_last_of("^~");
    if (mark != std::string::npos) out.caret.resize(mark + 1);
    return out;
}

std::string gutter_for(std::size_t line) {
    const std::string number = std::to_string(line);
    return std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number;
}

/// A line without what is far behind the place: a spec may be one line of megabytes.
std::string_view shown_part(std::string_view line, std::string_view text, source_range at) {
    constexpr std::size_t enough = 4 * (widest_excerpt + 1);
    const auto begin = static_cast<std::size_t>(line.data() - text.data());
    const std::size_t into = at.offset - std::min(at.offset, begin);
    return line.substr(0, std::min(line.size(), into + enough));
}

std::string severity_of(code id) {
    return is_warning(id) ? "warning" : "error";
}

std::string print_one_text(const diagnostic& one, const line_index& lines, const source_text& source,
                           const paint& with) {
    const place_range at = places_of(lines, one.at);
    const std::string_view line = shown_part(lines.line(at.first.line), source.text, one.at);
    const std::size_t line_end = count_code_points(line) + 1;
    std::size_t last = at.first.line == at.last.line ? at.last.column : line_end;
    last = std::max(std::min(last, line_end), at.first.column + 1);
    const excerpt part = make_excerpt(line, at.first.column, last);
    const std::string number = gutter_for(at.first.line);

    const std::string mark(is_warning(one.id) ? with.yellow : with.red);
    std::string out;
    out += std::string(with.bold) + escaped(source.name) + ":" + std::to_string(at.first.line) + ":" +
           std::to_string(at.first.column) + ": " + mark + severity_of(one.id) + "[" + code_text(one.id) + "]" +
           std::string(with.off) + std::string(with.bold) + ": " + escaped(one.message) + std::string(with.off) + "\n";
    out += std::string(with.cyan) + number + " |" + std::string(with.off) + " " + part.shown + "\n";
    out += std::string(with.cyan) + std::string(number.size(), ' ') + " |" + std::string(with.off) + " ";
    out += mark + part.caret + std::string(with.off);
    if (!one.hint.empty()) out += " " + escaped(one.hint);
    return out + "\n";
}

std::string print_text(const diagnostics& found, const source_text& source, bool colour) {
    const line_index lines(source.text);
    const paint with = paint_for(colour);
    std::string out;
    for (const diagnostic& one : found.items) out += print_one_text(one, lines, source, with);
    if (found.suppressed > 0) out += "… and " + std::to_string(found.suppressed) + " more errors not shown\n";
    return out;
}

std::string json_field(std::string_view key, std::string_view value) {
    return "\"" + std::string(key) + "\": \"" + json_escaped(escaped(value)) + "\"";
}

std::string json_field(std::string_view key, std::size_t value) {
    return "\"" + std::string(key) + "\": " + std::to_string(value);
}

std::string title_of(code id) {
    for (const code_info& info : all_codes()) {
        if (info.id == id) return std::string(info.title);
    }
    return {};
}

std::string print_json(const diagnostics& found, const source_text& source) {
    const line_index lines(source.text);
    const auto is_error = [](const diagnostic& one) { return severity_of(one.id) == "error"; };
    const auto errors = std::count_if(found.items.begin(), found.items.end(), is_error);
    const std::size_t count = static_cast<std::size_t>(errors) + found.suppressed;
    const exit_code code = count == 0 ? exit_code::clean : exit_code::failed;
    const std::string message =
        count == 0 ? "" : std::to_string(count) + (count == 1 ? " mistake in " : " mistakes in ") + source.name;
    std::string out = report_head(code, message, count == 0 ? "" : "each of the diagnostics has its own hint") +
                      ",\n  " + json_field("file", source.name) + ",\n  \"diagnostics\": [";
    const char* separator = "\n";
    for (const diagnostic& one : found.items) {
        const place_range at = places_of(lines, one.at);
        out += separator;
        out += "    {" + json_field("code", code_text(one.id)) + ", " + json_field("title", title_of(one.id)) + ", " +
               json_field("severity", severity_of(one.id)) + ", " + json_field("line", at.first.line) + ", " +
               json_field("column", at.first.column) + ", " + json_field("end_line", at.last.line) + ", " +
               json_field("end_column", at.last.column) + ", " + json_field("offset", one.at.offset) + ", " +
               json_field("length", one.at.length) + ", " + json_field("message", one.message) + ", " +
               json_field("hint", one.hint) + "}";
        separator = ",\n";
    }
    out += found.items.empty() ? "],\n" : "\n  ],\n";
    return out + "  " + json_field("suppressed", found.suppressed) + "\n}\n";
}

/// Workflow commands have their own escapes: '%' and line ends everywhere, ':' and ',' in properties as well.
std::string github_escaped(std::string_view text, bool property) {
    std::string out;
    for (const char c : text) {
        if (c == '%')
            out += "%25";
        else if (c == '\n')
            out += "%0A";
        else if (property && c == ':')
            out += "%3A";
        else if (property && c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

std::string print_github(const diagnostics& found, const source_text& source) {
    const line_index lines(source.text);
    std::string out;
    for (const diagnostic& one : found.items) {
        const place_range at = places_of(lines, one.at);
        out += "::" + severity_of(one.id) + " file=" + github_escaped(escaped(source.name), true) +
               ",line=" + std::to_string(at.first.line) + ",endLine=" + std::to_string(at.last.line) +
               ",col=" + std::to_string(at.first.column) + ",endColumn=" + std::to_string(at.last.column) +
               ",title=" + github_escaped(code_text(one.id) + " " + title_of(one.id), true) +
               "::" + github_escaped(escaped(one.message), false);
        if (!one.hint.empty()) out += "%0A" + github_escaped(escaped(one.hint), false);
        out += "\n";
    }
    if (found.suppressed > 0) out += "::error::" + std::to_string(found.suppressed) + " more errors not shown\n";
    return out;
}

}  // namespace

bool is_warning(code id) {
    return static_cast<int>(id) / 10 == 8;
}

std::string code_text(code id) {
    const std::string digits = std::to_string(static_cast<int>(id));
    return (is_warning(id) ? "W" : "E") + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::string print(const diagnostics& found, const source_text& source, diagnostic_format format, bool colour) {
    switch (format) {
        case diagnostic_format::json:
            return print_json(found, source);
        case diagnostic_format::github:
            return print_github(found, source);
        case diagnostic_format::text:
            break;
    }
    return print_text(found, source, colour);
}

}  // namespace tenon::gen
