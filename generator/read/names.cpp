// The spelling of names: which are accepted, and what is suggested for the others.
#include <algorithm>
#include <array>

#include "generator/read/reading.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

/// Plain letters for those of western European languages.
std::string_view plain_letters(char32_t c) {
    struct run {
        char32_t first, last;
        std::string_view to;
    };
    static constexpr auto runs = std::to_array<run>({
        {0xC0, 0xC5, "A"},    {0xC6, 0xC6, "Ae"},  {0xC7, 0xC7, "C"},   {0xC8, 0xCB, "E"},   {0xCC, 0xCF, "I"},
        {0xD1, 0xD1, "N"},    {0xD2, 0xD6, "O"},   {0xD8, 0xD8, "O"},   {0xD9, 0xDC, "U"},   {0xDD, 0xDD, "Y"},
        {0xDF, 0xDF, "ss"},   {0xE0, 0xE5, "a"},   {0xE6, 0xE6, "ae"},  {0xE7, 0xE7, "c"},   {0xE8, 0xEB, "e"},
        {0xEC, 0xEF, "i"},    {0xF1, 0xF1, "n"},   {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},   {0xF9, 0xFC, "u"},
        {0xFD, 0xFD, "y"},    {0xFF, 0xFF, "y"},   {0x141, 0x141, "L"}, {0x142, 0x142, "l"}, {0x152, 0x152, "Oe"},
        {0x153, 0x153, "oe"}, {0x15A, 0x15A, "S"}, {0x15B, 0x15B, "s"}, {0x160, 0x160, "S"}, {0x161, 0x161, "s"},
        {0x17D, 0x17D, "Z"},  {0x17E, 0x17E, "z"},
    });
    for (const run& one : runs) {
        if (c >= one.first && c <= one.last) return one.to;
    }
    return "-";
}

std::string in_plain_letters(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        if (one.value && *one.value < 0x80)
            out += text[at];
        else
            out += one.value ? plain_letters(*one.value) : "-";
        at += one.length;
    }
    return out;
}

std::string styled(std::string_view text, name_style style) {
    return style == name_style::pascal ? pascal_case(text) : snake_case(text);
}

std::string article_for(std::string_view what) {
    return std::string_view("aeiou").find(what.front()) != std::string_view::npos ? "an " : "a ";
}

}  // namespace

std::string proper_name(std::string_view given, name_style style) {
    std::string out = styled(in_plain_letters(given), style);
    if (!is_identifier(out) || out.size() > longest_name) return {};
    return out;
}

bool check_name(reading& in, const name& given, name_style style, std::string_view what) {
    const std::string& text = given.value;
    const std::string proper = proper_name(text, style);
    const std::string shown = article_for(what) + std::string(what);
    if (!is_identifier(text)) {
        in.out.report(
            code::bad_name, given.at, quoted(text) + " cannot name " + shown,
            proper.empty() ? "use the letters a to z, digits and '_', a letter first" : "write " + quoted(proper));
        return false;
    }
    if (text.size() > longest_name) {
        in.out.report(code::name_too_long, given.at,
                      "the name of " + shown + " has " + std::to_string(text.size()) + " characters",
                      "at most " + std::to_string(longest_name));
        return false;
    }
    // An entity may be an acronym: SKU, APIKey.
    const bool capitals = style == name_style::pascal && text.front() >= 'A' && text.front() <= 'Z' &&
                          text.find('_') == std::string::npos;
    if (!capitals && styled(text, style) != text) {
        in.out.report(code::name_style, given.at,
                      "the name of " + shown + " is written in " +
                          (style == name_style::pascal ? "PascalCase" : "snake_case") + ", not " + quoted(text),
                      "write " + quoted(proper));
        return false;
    }
    return true;
}

}  // namespace tenon::gen
