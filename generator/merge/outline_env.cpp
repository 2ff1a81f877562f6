// .env files: one entry a variable, commented out or not.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "generator/merge/lines.hpp"
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
    const std::vector<std::string_view> lines = lines_of(text);
    std::map<std::string, std::size_t> last;
    for (const bool commented : {true, false}) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].starts_with('#') == commented) last[variable_of(lines[i])] = i;
        }
    }
    entry root;
    root.container = true;
    std::string above;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::string name = variable_of(lines[i]);
        // Of a variable that is there twice, the last that is set counts; the others are a remark to what follows.
        if (name.empty() || last[name] != i) {
            above += lines[i];
            continue;
        }
        root.children.push_back({std::move(name), std::move(above), std::string(lines[i]), {}, {}, false});
        above.clear();
    }
    root.tail = std::move(above);
    return root;
}

}  // namespace tenon::gen
