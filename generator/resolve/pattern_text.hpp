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

/// A text of `min` to `max` code points that the whole of `ecmascript` matches, made by walking the expression; the
/// `variant` (0, 1, …) chooses among several. Understands literals, classes, escapes, groups, alternatives, anchors at
/// the ends and quantifiers; nothing when the expression uses more, or when no text it finds has a length that fits.
std::optional<std::string> matching_text(std::string_view ecmascript, std::int64_t min, std::int64_t max, int variant);

}  // namespace tenon::gen
