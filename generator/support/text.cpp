// Decoding and escaping of UTF-8, and the search for the name that was meant.
#include "generator/support/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tenon::gen {

namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xC0u) == 0x80u;
}

struct lead {
    std::size_t length;
    std::uint32_t bits;
    std::uint32_t smallest;  ///< Below it the form is overlong.
};

std::optional<lead> lead_of(unsigned byte) {
    if (byte < 0x80u) return lead{1, byte, 0};
    if (byte >= 0xC2u && byte <= 0xDFu) return lead{2, byte & 0x1Fu, 0x80};
    if (byte >= 0xE0u && byte <= 0xEFu) return lead{3, byte & 0x0Fu, 0x800};
    if (byte >= 0xF0u && byte <= 0xF4u) return lead{4, byte & 0x07u, 0x10000};
    return std::nullopt;
}

std::string hex(std::uint32_t value) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    do {
        out.insert(out.begin(), digits[value & 0xFu]);
        value >>= 4;
    } while (value != 0);
    return out;
}

std::string two_hex(std::uint32_t value) {
    return value < 0x10 ? "0" + hex(value) : hex(value);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct code_range {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool within(char32_t c, const std::array<code_range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [c](code_range r) { return c >= r.first && c <= r.last; });
}

}  // namespace

decoded decode_utf8(std::string_view text, std::size_t offset) {
    const auto first = lead_of(byte_at(text, offset));
    if (!first) return {};
    std::uint32_t value = first->bits;
    for (std::size_t i = 1; i < first->length; ++i) {
        if (!is_continuation(text, offset + i)) return {};
        value = (value << 6) | (byte_at(text, offset + i) & 0x3Fu);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < first->smallest || surrogate || value > 0x10FFFF) return {};
    return {static_cast<char32_t>(value), first->length};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (byte_at(text, at) < 0x80u) {
            ++at;
            continue;
        }
        const decoded one = decode_utf8(text, at);
        if (!one.value) return at;
        at += one.length;
    }
    return std::nullopt;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).length;
    return count;
}

bool is_control(char32_t c) {
    static constexpr std::array<code_range, 8> controls{{{0x00, 0x1F},
                                                         {0x7F, 0x9F},
                                                         {0x061C, 0x061C},
                                                         {0x200B, 0x200F},
                                                         {0x2028, 0x202E},
                                                         {0x2060, 0x2069},
                                                         {0xFEFF, 0xFEFF},
                                                         {0xFFFE, 0xFFFF}}};
    return within(c, controls);
}

int display_width(char32_t c) {
    static constexpr std::array<code_range, 4> none{
        {{0x300, 0x36F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};
    static constexpr std::array<code_range, 9> wide{{{0x1100, 0x115F},
                                                     {0x2E80, 0xA4CF},
                                                     {0xAC00, 0xD7A3},
                                                     {0xF900, 0xFAFF},
                                                     {0xFE30, 0xFE6F},
                                                     {0xFF00, 0xFF60},
                                                     {0xFFE0, 0xFFE6},
                                                     {0x1F300, 0x1FAFF},
                                                     {0x20000, 0x3FFFD}}};
    if (within(c, none)) return 0;
    return within(c, wide) ? 2 : 1;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        if (!one.value || (*one.value < 0x80 && is_control(*one.value)))
            out += "\\x" + two_hex(byte_at(text, at));
        else if (is_control(*one.value))
            out += "\\u{" + hex(static_cast<std::uint32_t>(*one.value)) + "}";
        else
            out += text.substr(at, one.length);
        at += one.length;
    }
    return out;
}

std::string quoted(std::string_view text) {
    constexpr std::size_t most = 60;
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size() && count < most; ++count) end += decode_utf8(text, end).length;
    return "'" + escaped(text.substr(0, end)) + (end < text.size() ? "…'" : "'");
}

std::string json_escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const decoded one = decode_utf8(text, at);
        const char c = text[at];
        if (!one.value)
            out += "\\ufffd";
        else if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n')
            out += "\\n";
        else if (*one.value < 0x20 || *one.value == 0x7F)
            out += "\\u00" + two_hex(byte_at(text, at));
        else
            out += text.substr(at, one.length);
        at += one.length;
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before(to.size() + 1);
    std::vector<std::size_t> previous(to.size() + 1);
    std::vector<std::size_t> current(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) previous[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const bool same = lower(from[i - 1]) == lower(to[j - 1]);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && lower(from[i - 1]) == lower(to[j - 2]) && lower(from[i - 2]) == lower(to[j - 1]);
            if (swapped) current[j] = std::min(current[j], before[j - 2] + 1);
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[to.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 64;  // Nothing longer is a slip of the finger, and the search stays cheap.
    if (word.empty() || word.size() > longest) return {};
    const std::size_t most = std::max<std::size_t>(1, word.size() / 3);
    std::string found;
    std::size_t found_distance = most + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t shorter = std::min(word.size(), candidate.size());
        if (std::max(word.size(), candidate.size()) - shorter > most) continue;
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= found_distance || distance >= std::max(word.size(), candidate.size())) continue;
        found = candidate;
        found_distance = distance;
    }
    return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates,
                         std::string_view otherwise) {
    const std::string meant = nearest(word, candidates);
    return meant.empty() ? std::string(otherwise) + listed(candidates) : "did you mean " + quoted(meant) + "?";
}

std::string capitalized(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() -= 'a' - 'A';
    return text;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> out;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (!line.empty() && line.size() + 1 + end - at > width) out.push_back(std::exchange(line, {}));
        line += (line.empty() ? "" : " ") + std::string(text.substr(at, end - at));
        at = end + 1;
    }
    out.push_back(std::move(line));
    return out;
}

std::string sentence_of(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
        out += words[i];
    }
    return out;
}

std::string listed(const std::vector<std::string>& words) {
    constexpr std::size_t most = 12;
    const std::size_t shown = std::min(words.size(), most);
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
        out += quoted(words[i]);
    }
    return shown < words.size() ? out + ", …" : out;
}

}  // namespace tenon::gen
