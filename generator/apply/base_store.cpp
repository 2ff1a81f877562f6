// Base copies follow from the manifest alone.
#include "generator/apply/base_store.hpp"

namespace tenon::gen {

std::map<std::string, digest> base_copies(const manifest& m) {
    std::map<std::string, digest> copies;
    for (const auto& [path, entry] : m.files) {
        if (!keeps_base(entry.owner)) continue;
        std::string place = std::string(base_directory) + path;
        if (entry.conflict) copies.emplace(place + ".new", entry.conflict->content);
        if (entry.base != absent) copies.emplace(std::move(place), entry.base);
    }
    return copies;
}

std::vector<change> base_changes(const manifest& before, const manifest& after) {
    const auto old_copies = base_copies(before);
    const auto new_copies = base_copies(after);
    std::vector<change> changes;
    for (const auto& [path, content] : new_copies) {
        const auto old = old_copies.find(path);
        const digest was = old == old_copies.end() ? absent : old->second;
        if (was != content) changes.push_back({change::kind::write, path, was, content, {}});
        if (!changes.empty() && changes.back().path == path && was == absent) changes.back().executable = false;
    }
    for (const auto& [path, content] : old_copies) {
        if (!new_copies.contains(path)) changes.push_back({change::kind::remove, path, content, absent, {}});
    }
    return changes;
}

}  // namespace tenon::gen
