// .env files: one entry a variable, commented out or not.
#include <algorithm>

#include "generator/merge/outlines.hpp"

namespace tenon::gen {
namespace {

/// The variable that a line sets, or would set without its `#`; empty for other lines.
std::string variable_of(std::string_view line) {
    if (line.starts_with('#')) line.remove_prefix(1);
    const auto end = line.find('=');
    if (end == std::string_view::npos || end == 0) return {};
    const std::string_view name = line.substr(0, end);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    return plain ? std::string(name) : std::string();
}

}  // namespace

std::optional<entry> outline_env(std::string_view text) {
    if (!text.empty() && !text.ends_with('\n')) return std::nullopt;
    entry root;
    root.container = true;
    std::string above;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n') + 1);
        text.remove_prefix(line.size());
        std::string name = variable_of(line);
        if (name.empty()) {
            above += line;
            continue;
        }
        root.children.push_back({std::move(name), std::move(above), std::string(line), {}, {}, false});
        above.clear();
    }
    root.tail = std::move(above);
    if (!has_unique_keys(root.children)) return std::nullopt;
    return root;
}

}  // namespace tenon::gen
