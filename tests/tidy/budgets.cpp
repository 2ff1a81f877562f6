// Budgets: a file fits a sitting (400 lines, headers 250), a function fits a screen (70 lines).
#include <algorithm>
#include <cctype>

#include "tests/tidy/tidy.hpp"

namespace tenon::tidy {
namespace {

constexpr std::size_t file_lines_max = 400;
constexpr std::size_t header_lines_max = 250;
constexpr std::size_t function_lines_max = 70;

std::string trimmed(std::string_view text) {
    const auto space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && space(text.front())) text.remove_prefix(1);
    while (!text.empty() && space(text.back())) text.remove_suffix(1);
    return std::string(text);
}

// What stands before a `{` without the `template <…>` and attributes in front.
std::string_view without_template(std::string_view head) {
    while (head.starts_with("template")) {
        std::size_t depth = 0, i = head.find('<');
        if (i == std::string_view::npos) return head;
        for (; i < head.size(); ++i) {
            if (head[i] == '<') ++depth;
            if (head[i] == '>' && --depth == 0) break;
        }
        head.remove_prefix(std::min(i + 1, head.size()));
        while (!head.empty() && std::isspace(static_cast<unsigned char>(head.front()))) head.remove_prefix(1);
    }
    return head;
}

bool opens_container(std::string_view head) {
    head = without_template(head);
    for (const std::string_view word :
         {"namespace", "inline namespace", "class ", "struct ", "union ", "enum ", "extern"}) {
        if (head.starts_with(word)) return head.find('(') == std::string_view::npos;
    }
    return false;
}

// A body follows a parameter list; data (`table = {`, `table{{`) follows something else.
bool opens_function(std::string_view head) {
    return head.find('(') != std::string_view::npos && !head.ends_with('=') && !head.ends_with(',') &&
           !head.ends_with('(');
}

std::string without_directives(std::string code) {
    bool line_start = true, directive = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '\n') {
            directive = directive && i > 0 && code[i - 1] == '\\';
            line_start = true;
            continue;
        }
        if (line_start && code[i] == '#') directive = true;
        if (code[i] != ' ') line_start = false;
        if (directive && code[i] != '\\') code[i] = ' ';
        if (directive && code[i] == '\\' && i + 1 < code.size() && code[i + 1] != '\n') code[i] = ' ';
    }
    std::replace(code.begin(), code.end(), '\\', ' ');
    return code;
}

std::size_t matching_brace(std::string_view code, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (code[i] == '{') ++depth;
        if (code[i] == '}' && --depth == 0) return i;
    }
    return code.size();
}

// `: a_(1), b_{2} {`: the braces of a member's initialiser are followed by another, or by the body.
bool is_initialiser(std::string_view code, std::size_t end) {
    const std::size_t next = code.find_first_not_of(" \n\t", std::min(end + 1, code.size()));
    return next != std::string_view::npos && (code[next] == ',' || code[next] == '{');
}

void check_functions(const source_file& file, findings& out) {
    const std::string code = without_directives(file.code);
    std::size_t head_begin = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == ';' || code[i] == '}') head_begin = i + 1;
        if (code[i] != '{') continue;
        const std::string head = trimmed(std::string_view(code).substr(head_begin, i - head_begin));
        if (opens_container(head)) {
            head_begin = i + 1;
            continue;
        }
        const std::size_t end = matching_brace(code, i);
        const std::size_t first = file.line_of(i);
        const std::size_t lines = file.line_of(std::min(end, code.size() - 1)) - first + 1;
        if (opens_function(head) && lines > function_lines_max) {
            out.push_back({file.path, first, "function-length",
                           "this function has " + std::to_string(lines) + " lines; at most " +
                               std::to_string(function_lines_max)});
        }
        if (!is_initialiser(code, end)) head_begin = end + 1;
        i = end;
    }
}

}  // namespace

void check_budgets(const source_file& file, findings& out) {
    const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
    const std::size_t most = file.is_header() ? header_lines_max : file_lines_max;
    if (lines > most) {
        out.push_back({file.path, most + 1, file.is_header() ? "header-length" : "file-length",
                       "this file has " + std::to_string(lines) + " lines; at most " + std::to_string(most)});
    }
    if (!file.code.empty()) check_functions(file, out);
}

}  // namespace tenon::tidy
