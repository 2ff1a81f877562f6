// Finds types that a comma of the flow style has torn apart.
#include "generator/read/flow_commas.hpp"

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

bool is_plain(const yaml_node& value) {
    return value.shape == node_shape::scalar && value.plain;
}

/// A type whose parenthesis is still open.
bool is_open(const yaml_node& value) {
    return is_plain(value) && value.text.find('(') != std::string::npos && value.text.find(')') == std::string::npos;
}

/// What was cut off: `2)` of a type, or the second half of a sentence.
bool is_rest(const yaml_node& before, const name& key, const yaml_node& value) {
    if (value.shape != node_shape::empty) return false;
    if (is_open(before)) return key.value.find(')') != std::string::npos && key.value.find('(') == std::string::npos;
    return is_plain(before) && key.value.find(' ') != std::string::npos;
}

void join(yaml_node& map, std::size_t at, reporter& out) {
    yaml_node& value = map.items[at];
    const name rest = map.keys[at + 1];
    value.text += (rest.at.offset > value.at.offset + value.at.length + 1 ? ", " : ",") + rest.value;
    value.verbatim.reset();
    value.at.length = rest.at.offset + rest.at.length - value.at.offset;
    out.report(code::comma_in_flow, value.at,
               "inside '{}' a comma ends the value, so " + quoted(value.text) + " is torn apart",
               "put it in quotes: \"" + value.text + "\"");
    map.keys.erase(map.keys.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    map.items.erase(map.items.begin() + static_cast<std::ptrdiff_t>(at) + 1);
}

}  // namespace

void mend_flow_commas(yaml_node& root, reporter& out) {
    if (root.shape == node_shape::map && root.flow) {
        for (std::size_t i = 0; i + 1 < root.items.size(); ++i) {
            while (i + 1 < root.items.size() && is_rest(root.items[i], root.keys[i + 1], root.items[i + 1]))
                join(root, i, out);
        }
    }
    for (yaml_node& item : root.items) mend_flow_commas(item, out);
}

}  // namespace tenon::gen
