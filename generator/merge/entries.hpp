// A file as a tree of entries that have names, so that both sides can add some at the same place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// Nothing of a file is outside its entries: before + head + children + tail is the text, byte for byte.
struct entry {
    std::string key;     ///< Unique among its siblings.
    std::string before;  ///< White space and comments above.
    std::string head;    ///< The whole content, or what stands before the children.
    std::vector<entry> children;
    std::string tail;        ///< What stands after the children.
    bool container = false;  ///< Has children, or might.

    bool operator==(const entry&) const = default;
};

/// `separator` stands between children: "," in JSON.
std::string text_of(const entry& e, std::string_view separator);

/// False when two siblings have the same key, or one has none.
bool has_unique_keys(const std::vector<entry>& siblings);

/// Makes a leaf of a container: for lists whose entries cannot be told apart.
void close_container(entry& e, std::string_view separator);

/// Merges by keys: what one side added, changed or removed is so in the result; formatting is mine where both have an
/// entry. Nothing when in doubt: both changed one thing, or one changed what the other removed.
std::optional<entry> merge_entries(const entry* base, const entry& mine, const entry& theirs);

/// Whether every entry that mine added to base, at any depth, is in `merged`.
bool keeps_added_entries(const entry& base, const entry& mine, const entry& merged);

}  // namespace tenon::gen
