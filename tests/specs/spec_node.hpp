// A spec as the tree that its YAML is, to be made, changed and taken apart.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tenon::gen {

struct spec_entry;

struct spec_node {
    enum class shape {
        text,   ///< In quotes.
        plain,  ///< Without: numbers, booleans, words.
        list,
        map,
    };

    shape kind = shape::map;
    std::string value;                ///< Of a scalar.
    std::vector<spec_entry> entries;  ///< Of a list, without names.

    static spec_node text(std::string value);
    static spec_node plain(std::string value);
    static spec_node list(const std::vector<std::string>& words);
    static spec_node map();

    bool is_scalar() const { return kind == shape::text || kind == shape::plain; }
    /// Adds an entry; gives this node.
    spec_node& with(std::string key, spec_node child);
    /// The entry of that name; nothing when there is none.
    spec_node* find(const std::string& key);
    const spec_node* find(const std::string& key) const;
};

struct spec_entry {
    std::string name;
    spec_node child;
};

std::string to_yaml(const spec_node& root);

}  // namespace tenon::gen
