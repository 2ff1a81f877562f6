// Paths in a sorted map, with the checks that the real thing gets from the kernel.
#include "generator/support/memory_filesystem.hpp"

namespace tenon::gen {
namespace {

failure io_failure(std::string message) {
    return {failure_kind::io, std::move(message)};
}

}  // namespace

void memory_filesystem::put(std::string_view path, std::string_view content, mode_t permissions) {
    for (auto at = directory_of(path); !at.empty(); at = directory_of(at)) {
        nodes.emplace(std::string(at), memory_node{node_kind::directory, "", 0755});
    }
    nodes.insert_or_assign(std::string(path), memory_node{node_kind::file, std::string(content), permissions});
}

void memory_filesystem::put_link(std::string_view path) {
    put(path, "");
    nodes.find(path)->second.kind = node_kind::symlink;
}

std::string memory_filesystem::content(std::string_view path) const {
    const auto found = nodes.find(path);
    return found == nodes.end() ? "(absent)" : found->second.content;
}

std::map<std::string, std::string> memory_filesystem::files() const {
    std::map<std::string, std::string> all;
    for (const auto& [path, node] : nodes) {
        if (node.kind == node_kind::file) all.emplace(path, node.content);
    }
    return all;
}

std::optional<failure> memory_filesystem::step(std::vector<std::string>& log, std::string entry) {
    ++calls;
    if (before_call) before_call(calls, entry);
    const bool fails = fail_at != 0 && (calls == fail_at || (fail_for_good && calls > fail_at));
    if (fails) return io_failure("injected failure: " + entry);
    log.push_back(std::move(entry));
    return std::nullopt;
}

std::optional<failure> memory_filesystem::blocked(std::string_view path) const {
    for (auto at = directory_of(path); !at.empty(); at = directory_of(at)) {
        const auto found = nodes.find(at);
        if (found != nodes.end() && found->second.kind == node_kind::symlink) {
            return failure{failure_kind::refused, "a symbolic link is in the way of " + std::string(path)};
        }
    }
    return std::nullopt;
}

bool memory_filesystem::has_children(std::string_view path) const {
    const auto next = nodes.lower_bound(std::string(path) + "/");
    return next != nodes.end() && next->first.starts_with(std::string(path) + "/");
}

outcome<node_info> memory_filesystem::inspect(std::string_view path) {
    if (auto f = step(reads, "inspect " + std::string(path))) return *f;
    if (auto f = blocked(path)) return *f;
    const auto found = nodes.find(path);
    if (found == nodes.end()) return node_info{path.empty() ? node_kind::directory : node_kind::absent, false, 0};
    return node_info{found->second.kind, (found->second.permissions & 0100) != 0, found->second.permissions};
}

outcome<std::optional<file_data>> memory_filesystem::read(std::string_view path, std::uint64_t limit_bytes) {
    if (auto f = step(reads, "read " + std::string(path))) return *f;
    if (auto f = blocked(path)) return *f;
    const auto found = nodes.find(path);
    if (found == nodes.end()) return std::optional<file_data>{};
    const memory_node& node = found->second;
    if (node.kind != node_kind::file || node.content.size() > limit_bytes) {
        return failure{failure_kind::refused, "cannot read " + std::string(path)};
    }
    return std::optional<file_data>(file_data{node.content, (node.permissions & 0100) != 0, node.permissions});
}

outcome<std::vector<directory_entry>> memory_filesystem::list(std::string_view path) {
    if (auto f = step(reads, "list " + std::string(path))) return *f;
    const std::string prefix = path.empty() ? "" : std::string(path) + "/";
    std::vector<directory_entry> entries;
    for (auto at = nodes.lower_bound(prefix); at != nodes.end() && at->first.starts_with(prefix); ++at) {
        const std::string rest = at->first.substr(prefix.size());
        if (rest.find('/') == std::string::npos) entries.push_back({rest, at->second.kind});
    }
    return entries;
}

outcome<void> memory_filesystem::make_directories(std::string_view path) {
    if (auto f = step(writes, "mkdir " + std::string(path))) return *f;
    for (auto at = path; !at.empty(); at = directory_of(at)) {
        const auto node = nodes.emplace(std::string(at), memory_node{node_kind::directory, "", 0755}).first;
        if (node->second.kind == node_kind::directory) continue;
        return failure{failure_kind::refused, "not a directory: " + std::string(at)};
    }
    return {};
}

outcome<void> memory_filesystem::write(std::string_view path, std::string_view content, write_mode mode) {
    if (auto f = step(writes, "write " + std::string(path))) return *f;
    if (auto f = blocked(path)) return *f;
    const auto parent = nodes.find(directory_of(path));
    const bool has_parent = directory_of(path).empty() || parent != nodes.end();
    if (!has_parent || nodes.contains(path)) return io_failure("cannot write " + std::string(path));
    const mode_t permissions = mode.permissions.value_or(mode.executable ? 0755 : 0644);
    nodes.emplace(std::string(path), memory_node{node_kind::file, std::string(content), permissions});
    return {};
}

outcome<void> memory_filesystem::rename(std::string_view from, std::string_view to) {
    if (auto f = step(writes, "rename " + std::string(from) + " -> " + std::string(to))) return *f;
    const auto source = nodes.find(from);
    if (source == nodes.end()) return io_failure("nothing to rename: " + std::string(from));
    if (source->second.kind == node_kind::directory) {
        if (has_children(to)) return io_failure("directory is not empty: " + std::string(to));
        const std::string prefix = std::string(from) + "/";
        for (auto at = nodes.lower_bound(prefix); at != nodes.end() && at->first.starts_with(prefix);) {
            nodes.insert_or_assign(std::string(to) + "/" + at->first.substr(prefix.size()), at->second);
            at = nodes.erase(at);
        }
    }
    const auto target = nodes.find(to);
    const bool onto_directory = target != nodes.end() && target->second.kind == node_kind::directory;
    if (onto_directory && source->second.kind != node_kind::directory) return io_failure("is a directory");
    nodes.insert_or_assign(std::string(to), source->second);
    nodes.erase(nodes.find(from));
    return {};
}

outcome<rename_result> memory_filesystem::rename_new(std::string_view from, std::string_view to) {
    if (auto f = step(writes, "rename new " + std::string(from) + " -> " + std::string(to))) return *f;
    const auto source = nodes.find(from);
    if (source == nodes.end()) return rename_result::missing;
    if (!nodes.emplace(std::string(to), source->second).second) return rename_result::occupied;
    nodes.erase(nodes.find(from));
    return rename_result::done;
}

outcome<exchanged> memory_filesystem::exchange(std::string_view a, std::string_view b) {
    if (auto f = step(writes, "exchange " + std::string(a) + " and " + std::string(b))) return *f;
    const auto one = nodes.find(a), other = nodes.find(b);
    if (!can_exchange) return exchanged::unsupported;
    if (one == nodes.end() || other == nodes.end()) return exchanged::missing;
    std::swap(one->second, other->second);
    return exchanged::done;
}

outcome<void> memory_filesystem::remove(std::string_view path) {
    if (auto f = step(writes, "remove " + std::string(path))) return *f;
    const auto found = nodes.find(path);
    if (found == nodes.end()) return {};
    if (found->second.kind == node_kind::directory) return io_failure("is a directory: " + std::string(path));
    nodes.erase(found);
    return {};
}

outcome<bool> memory_filesystem::remove_directory(std::string_view path) {
    if (auto f = step(writes, "rmdir " + std::string(path))) return *f;
    const auto found = nodes.find(path);
    if (found == nodes.end() || has_children(path)) return false;
    nodes.erase(found);
    return true;
}

outcome<void> memory_filesystem::set_permissions(std::string_view path, mode_t permissions) {
    if (auto f = step(writes, "chmod " + std::string(path))) return *f;
    const auto found = nodes.find(path);
    if (found == nodes.end() || found->second.kind != node_kind::file) {
        return io_failure("no such file: " + std::string(path));
    }
    found->second.permissions = permissions;
    return {};
}

outcome<void> memory_filesystem::barrier() {
    if (auto f = step(writes, "barrier")) return *f;
    return {};
}

outcome<void> memory_filesystem::lock() {
    if (locked_) return failure{failure_kind::busy, "locked"};
    locked_ = true;
    return {};
}

}  // namespace tenon::gen
