// Small helpers on text: UTF-8, escaping for terminals, quoting for messages, the nearest of several names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// One code point of UTF-8. `length` is 1 for a byte that begins no valid sequence, and `value` is then unset.
struct decoded {
    std::optional<char32_t> value;
    std::size_t length = 1;
};

/// Decodes the code point at `offset` (< text.size()). Refuses overlong forms, surrogates and values past U+10FFFF.
decoded decode_utf8(std::string_view text, std::size_t offset);

/// The offset of the first byte that is not valid UTF-8, if any.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// The number of code points; every invalid byte counts as one.
std::size_t count_code_points(std::string_view text);

/// True for what may change how other text is shown: C0 and C1 controls, line separators, and the marks that turn the
/// direction of writing.
bool is_control(char32_t c);

/// Terminal columns a code point takes: 0, 1 or 2. An approximation of Unicode's East Asian width.
int display_width(char32_t c);

/// The text with control characters and invalid bytes written out (`\x1b`, `\u{202e}`), safe to print anywhere.
std::string escaped(std::string_view text);

/// The text in single quotes, escaped, and shortened with `…` past 60 code points.
std::string quoted(std::string_view text);

/// The content of a JSON string for `text`, without the quotes.
std::string json_escaped(std::string_view text);

/// Spaces and tabs taken off both ends.
std::string_view trimmed(std::string_view text);

/// How many insertions, removals, changes and swaps of neighbours lead from one to the other, small and capital
/// letters being the same.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate a mistyped `word` most likely meant; empty when none is near. Ties go to the earlier one.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// A hint: "did you mean 'x'?" with the nearest candidate, else `otherwise` and the list of all.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates, std::string_view otherwise);

/// With a capital in front, if it begins with a letter of ASCII.
std::string capitalized(std::string text);

/// Lines of at most `width` bytes, broken at spaces; a longer word has a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// "a", "a and b", "a, b and c"
std::string sentence_of(const std::vector<std::string>& words);

/// "a, b and c", each in single quotes; a long list is cut with `…`.
std::string listed(const std::vector<std::string>& words);

}  // namespace tenon::gen
