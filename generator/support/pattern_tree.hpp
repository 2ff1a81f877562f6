// A regular expression as the tree of what it matches.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

struct pattern_node {
    enum class kind {
        one_of,    ///< One of `members`.
        sequence,  ///< All `parts`, one after the other; without parts: nothing.
        choice,    ///< One of `parts`.
        repeat,    ///< The one part, `min` to `max` times.
    };
    static constexpr int unbounded = 1 << 20;

    kind what = kind::sequence;
    std::vector<std::string> members;  ///< Each one code point.
    std::vector<pattern_node> parts;
    int min = 0, max = 0;
};

/// Nothing for an expression that uses more than literals, classes, escapes, groups, alternatives, anchors and
/// quantifiers. Of classes it knows the members that are easy to read.
std::optional<pattern_node> parse_pattern(std::string_view ecmascript);

}  // namespace tenon::gen
