// ANSI colours, on request.
#include "generator/support/terminal.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>

namespace tenon::gen {
namespace {

constexpr std::array<std::string_view, 7> sequences{"",         "\x1b[31m", "\x1b[32m", "\x1b[33m",
                                                    "\x1b[36m", "\x1b[2m",  "\x1b[1m"};

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view{} : value;
}

}  // namespace

bool moves_cursor(int stream) {
    return ::isatty(stream) == 1 && environment("TERM") != "dumb";
}

bool shows_colour(int stream) {
    return moves_cursor(stream) && environment("NO_COLOR").empty();
}

bool flush_output() {
    std::cout.flush();
    return std::cout.good();
}

std::string painter::operator()(colour which, std::string_view text) const {
    if (!enabled_ || which == colour::none) return std::string(text);
    return std::string(sequences[static_cast<std::size_t>(which)]).append(text).append("\x1b[0m");
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool control = (c >= 0 && c < ' ' && c != '\t' && c != '\n') || c == '\x7f';
        if (control) {
            out += '^';
            out += static_cast<char>(c ^ 0x40);
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace tenon::gen
