// Escaping of C++ string literals and exact printing of numbers, independent of the locale.
#include "generator/support/literal.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

void append_octal(std::string& out, std::string_view bytes) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += '\\';
        out += static_cast<char>('0' + (byte >> 6));
        out += static_cast<char>('0' + ((byte >> 3) & 7));
        out += static_cast<char>('0' + (byte & 7));
    }
}

/// The escape of an ASCII character that has one of its own; empty otherwise.
std::string_view short_escape(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return {};
    }
}

}  // namespace

std::string cpp_literal(std::string_view bytes) {
    std::string out = "\"";
    for (std::size_t at = 0; at < bytes.size();) {
        const decoded point = decode_utf8(bytes, at);
        const std::string_view piece = bytes.substr(at, point.length);
        const std::string_view escape = short_escape(bytes[at]);
        if (!escape.empty())
            out += escape;
        else if (!point.value || is_control(*point.value))
            append_octal(out, piece);
        else if (bytes[at] == '?' && out.back() == '?')
            out += "\\?";
        else
            out += piece;
        at += point.length;
    }
    return out + '"';
}

std::string cpp_integer(std::int64_t value) {
    if (value == std::numeric_limits<std::int64_t>::min()) return "(-9223372036854775807 - 1)";
    return std::to_string(value);
}

std::string decimal_text(std::int64_t units, int scale) {
    const bool negative = units < 0;
    const auto bits = static_cast<std::uint64_t>(units);
    std::string digits = std::to_string(negative ? 0 - bits : bits);
    const auto places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - places, ".");
    return negative ? "-" + digits : digits;
}

std::string json_double(double value) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), end.ptr);
}

std::string cpp_double(double value) {
    std::string text = json_double(value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

}  // namespace tenon::gen
