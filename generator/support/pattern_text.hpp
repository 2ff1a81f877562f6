// Regular expressions: from the spec's ECMAScript to the runtime's RE2, and texts that match one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::gen {

/// False for what RE2 alone knows, and readers of JSON Schema do not: flags `(?i)`, `(?P<n>`, `[[:alpha:]]`, `\A`,
/// `\z`, `\C`, `\Q…\E`, `\pL`.
bool is_ecmascript(std::string_view pattern);

/// The same expression in RE2's spelling: `\u0041` and `\u{41}` become `\x{0041}`, `\/` a slash, `(?<n>` becomes
/// `(?P<n>`. What RE2 has no match for (look-around, back-references) is left as it is; the reader refuses it.
std::string re2_pattern(std::string_view ecmascript);

/// Lengths of texts are looked at up to here, in code points.
inline constexpr std::int64_t longest_measured = 1024;

/// The length nearest to `min` to `max` that texts have which the whole of `ecmascript` matches, where none of them is
/// so long; `longest_measured` + 1 where all are longer than is measured. Nothing when a text fits, or when that is not
/// known: of an expression that `matching_text` does not understand, and beyond `longest_measured`.
/// Requires: 0 <= min <= max.
std::optional<std::int64_t> length_beyond(std::string_view ecmascript, std::int64_t min, std::int64_t max);

/// A text of `min` to `max` code points that the whole of `ecmascript` matches, made by walking the expression; the
/// `variant` (0, 1, …) chooses among several. Understands literals, classes, escapes, groups, alternatives, anchors at
/// the ends and quantifiers; nothing when the expression uses more, or when no text it finds has a length that fits.
std::optional<std::string> matching_text(std::string_view ecmascript, std::int64_t min, std::int64_t max, int variant);

}  // namespace tenon::gen
