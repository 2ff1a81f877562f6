// Prints specs in YAML's block style.
#include "spec_node.hpp"

#include "generator/support/naming.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

void print_entries(const spec_node& of, std::size_t depth, std::string& out);

void print_value(const spec_node& value, std::size_t depth, std::string& out) {
    if (value.is_scalar()) {
        out += value.kind == spec_node::shape::plain ? " " + value.value + "\n"
                                                     : " \"" + json_escaped(value.value) + "\"\n";
        return;
    }
    if (value.entries.empty()) {
        out += value.kind == spec_node::shape::list ? " []\n" : " {}\n";
        return;
    }
    out += "\n";
    print_entries(value, depth + 1, out);
}

void print_entries(const spec_node& of, std::size_t depth, std::string& out) {
    for (const auto& [key, value] : of.entries) {
        out.append(depth * 2, ' ');
        // YAML takes every other key for a word.
        const bool quoted = snake_case(key) == "null";
        out += of.kind == spec_node::shape::list ? "-" : (quoted ? "\"" + key + "\"" : key) + ":";
        print_value(value, depth, out);
    }
}

}  // namespace

spec_node spec_node::text(std::string value) {
    return {shape::text, std::move(value), {}};
}

spec_node spec_node::plain(std::string value) {
    return {shape::plain, std::move(value), {}};
}

spec_node spec_node::map() {
    return {};
}

spec_node spec_node::list(const std::vector<std::string>& words) {
    spec_node out;
    out.kind = shape::list;
    for (const std::string& word : words) out.entries.push_back({"", text(word)});
    return out;
}

spec_node& spec_node::with(std::string key, spec_node child) {
    entries.push_back({std::move(key), std::move(child)});
    return *this;
}

spec_node* spec_node::find(const std::string& key) {
    for (auto& [name, child] : entries) {
        if (name == key) return &child;
    }
    return nullptr;
}

const spec_node* spec_node::find(const std::string& key) const {
    for (const auto& [name, child] : entries) {
        if (name == key) return &child;
    }
    return nullptr;
}

std::string to_yaml(const spec_node& root) {
    std::string out;
    print_entries(root, 0, out);
    return out;
}

}  // namespace tenon::gen
