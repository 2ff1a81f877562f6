// YAML text as a tree of nodes that know their places.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/read/reporter.hpp"
#include "generator/support/source.hpp"

namespace tenon::gen {

enum class node_shape { empty, scalar, list, map };

/// One node of the tree. `keys` and `items` of a map have the same length and the order of the text.
struct yaml_node {
    node_shape shape = node_shape::empty;
    bool plain = false;  ///< A scalar without quotes.
    bool flow = false;   ///< A list or map in `[]` or `{}`.
    std::string text;    ///< scalar
    std::vector<name> keys;
    std::vector<yaml_node> items;
    /// Scalars: the whole of it with quotes; lists and maps: from the first to the last item; empty: just past the key.
    source_range at;
    /// Scalars: where `text` stands byte by byte in the source, if it does.
    std::optional<std::size_t> verbatim;

    /// The place of a part of a scalar's text; the whole scalar when the text does not stand there as such.
    source_range part(std::size_t begin, std::size_t length) const;
};

/// What a text may make of memory and stack.
struct yaml_bounds {
    std::size_t depth = 64;
    std::size_t nodes = 1'000'000;
    std::size_t alias_nodes = 10'000;
    std::size_t alias_bytes = std::size_t{1} << 20;
};

/// Parses one document. Mistakes go to `out`; nothing is returned when the text is not YAML at all. Duplicate keys are
/// reported and the first is kept. Requires: `text` has passed `check_text`.
std::optional<yaml_node> parse_yaml(std::string_view text, reporter& out, const yaml_bounds& bounds = {});

}  // namespace tenon::gen
