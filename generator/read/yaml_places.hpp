// Finding in the YAML text what the parser does not tell: where scalars end, and what a syntax error is about.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "generator/support/source.hpp"

namespace tenon::gen {

struct scalar_place {
    source_range at;
    std::optional<std::size_t> verbatim;  ///< Where the value stands byte by byte, if it does.
    bool plain = false;
    bool unclosed = false;  ///< A quote without its end; the parser lets that pass at the end of the text.
};

/// The extent of the scalar that begins at `offset` and has the given value.
scalar_place find_scalar(std::string_view text, std::size_t offset, std::string_view value);

/// Past anchors and tags (`&name`, `!tag`) that stand before a node, on one line.
std::size_t skip_properties(std::string_view text, std::size_t offset);

/// The length of `~` or `null` at a place, 0 when there is none.
std::size_t null_word_length(std::string_view text, std::size_t offset);

/// The length of an alias, anchor or tag: up to the next space or flow indicator.
std::size_t alias_length(std::string_view text, std::size_t offset);

/// The length of an empty `{ }` or `[ ]`.
std::size_t flow_length(std::string_view text, std::size_t offset);

struct syntax_message {
    source_range at;
    std::string message;
    std::string hint;
};

/// The parser's complaint in words that help whoever wrote the spec. `open_bracket` is the bracket that was open when
/// the parser gave up; when it is lines before, it is what the message is about.
syntax_message explain_syntax(std::string_view text, std::size_t offset, std::string_view complaint,
                              std::optional<std::size_t> open_bracket);

}  // namespace tenon::gen
