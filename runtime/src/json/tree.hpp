// The parsed form of a JSON text: nodes in contiguous arrays, all memory from one arena.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include <tenon/json/reader.hpp>

namespace tenon::json {

enum class node_kind : std::uint8_t { null, boolean, integer, number, string, array, object };

/// Text and children belong to the arena of the document.
class node {
  public:
    node_kind kind = node_kind::null;
    bool flag = false;
    std::int64_t integer = 0;     ///< integer: the exact value.
    std::string_view text;        ///< string: the decoded text; integer and number: the literal as written.
    const node* first = nullptr;  ///< array: its elements; object: key, value, key, value …
    std::size_t size = 0;         ///< array: elements; object: members.
};

struct document::impl {
    std::pmr::monotonic_buffer_resource arena;
    node root;
};

}  // namespace tenon::json
