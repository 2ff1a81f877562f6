// Prints rows of the table of diagnostic codes.
#include "generator/cli/explain_code.hpp"

#include <algorithm>
#include <iostream>
#include <string>

#include "generator/support/diagnostics.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string json_of(const code_info& one) {
    return "{\"code\": \"" + code_text(one.id) + "\", \"title\": \"" + json_escaped(one.title) +
           "\", \"explanation\": \"" + json_escaped(one.explanation) + "\"}";
}

void list_codes(diagnostic_format format) {
    if (format != diagnostic_format::json) {
        for (const code_info& one : all_codes()) std::cout << code_text(one.id) << "  " << one.title << "\n";
        return;
    }
    std::string rows;
    for (const code_info& one : all_codes()) rows += (rows.empty() ? "" : ",\n ") + json_of(one);
    std::cout << "{\"codes\": [" << rows << "]}\n";
}

}  // namespace

bool looks_like_code(std::string_view text) {
    constexpr std::string_view letters = "EeWw";
    return text.size() == 4 && letters.find(text.front()) != std::string_view::npos &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

outcome<exit_code> explain_code(const command_line& command) {
    if (command.codes) {
        list_codes(command.format);
        return exit_code::clean;
    }
    std::string wanted = command.place;
    if (wanted.front() >= 'a') wanted.front() -= 'a' - 'A';
    const auto all = all_codes();
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return code_text(one.id) == wanted; });
    if (at == all.end())
        return failure{failure_kind::refused, "no diagnostic has the code " + wanted,
                       "`tenon explain --codes` lists all; of a file of this name: ./" + command.place};
    if (command.format == diagnostic_format::json)
        std::cout << json_of(*at) << "\n";
    else
        std::cout << wanted << ": " << at->title << "\n\n" << at->explanation << "\n";
    return exit_code::clean;
}

}  // namespace tenon::gen
