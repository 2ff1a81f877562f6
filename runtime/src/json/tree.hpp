// The parsed form of a JSON text: nodes in contiguous arrays, all memory from one arena.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include <tenon/json/reader.hpp>

namespace tenon::json {

enum class node_kind : std::uint8_t { null, boolean, integer, number, string, array, object };

/// Text and children belong to the arena of the document. Small, for a body of one megabyte can have half a million.
class node {
  public:
    node() = default;
    explicit node(bool flag) : size_(flag ? 1 : 0), kind_(node_kind::boolean) {}
    /// A string's decoded text; an integer's or a number's literal as written. Less than 4 GiB.
    node(node_kind kind, std::string_view text)
        : data_(text.data()), size_(static_cast<std::uint32_t>(text.size())), kind_(kind) {}
    /// An array's elements, or an object's members: key, value, key, value …
    node(node_kind kind, const node* first, std::size_t size)
        : data_(first), size_(static_cast<std::uint32_t>(size)), kind_(kind) {}

    node_kind kind() const { return kind_; }
    bool flag() const { return size_ != 0; }
    std::string_view text() const { return {static_cast<const char*>(data_), size_}; }
    std::size_t size() const { return size_; }  ///< Elements or members.
    const node& element(std::size_t i) const { return static_cast<const node*>(data_)[i]; }
    std::string_view name(std::size_t member) const { return element(2 * member).text(); }
    const node& value(std::size_t member) const { return element(2 * member + 1); }

  private:
    const void* data_ = nullptr;
    std::uint32_t size_ = 0;
    node_kind kind_ = node_kind::null;
};
static_assert(sizeof(node) == 16);

struct document::impl {
    std::pmr::monotonic_buffer_resource arena;
    node root;
};

}  // namespace tenon::json
