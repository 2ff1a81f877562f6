// Insert, change, delete lines; add, delete files; edit what waits beside; CRLF, no final newline, modes.
#include "user.hpp"

#include <vector>

#include "generator/support/naming.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view mark = "written_by_hand_";

/// Where lines start; at least one place.
std::vector<std::size_t> starts_of(const std::string& text) {
    std::vector<std::size_t> starts{0};
    for (auto at = text.find('\n'); at != std::string::npos && at + 1 < text.size(); at = text.find('\n', at + 1)) {
        starts.push_back(at + 1);
    }
    return starts;
}

std::size_t end_of_line(const std::string& text, std::size_t start) {
    const auto end = text.find('\n', start);
    return end == std::string::npos ? text.size() : end;
}

std::string to_crlf(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' && !out.ends_with('\r')) out += '\r';
        out += c;
    }
    return out;
}

}  // namespace

bool is_visible(std::string_view path) {
    return !path.starts_with(".tenon/");
}

std::set<std::string> user::words_in(const memory_filesystem& disk) {
    std::set<std::string> words;
    for (const auto& [path, content] : disk.files()) {
        if (!is_visible(path)) continue;
        for (auto at = content.find(mark); at != std::string::npos; at = content.find(mark, at + 1)) {
            std::string line = content.substr(at, end_of_line(content, at) - at);
            if (line.ends_with('\r')) line.pop_back();
            words.insert(std::move(line));
        }
    }
    return words;
}

std::string user::line(std::string_view path) {
    std::string word = std::string(mark) + std::to_string(++serial_) + ".";
    if (path.ends_with(".json")) return "  \"" + word + "\": true,";
    // Names in prose, which no rename may touch.
    for (const std::string& name : names_) word += dice_.one_in(2) ? " a " + name : "";
    if (path.ends_with(".md")) return "<!-- " + word + " -->";
    const bool hash = path.ends_with(".txt") || path.ends_with(".sh") || path.ends_with("yaml") ||
                      path.ends_with("file") || path.starts_with(".");
    return (hash ? "# " : "// ") + word;
}

std::string user::pick_file(const memory_filesystem& disk) {
    std::vector<std::string> files;
    std::vector<std::string> waiting;
    for (const auto& [path, node] : disk.nodes) {
        // Migrations are not to be edited, and the spec changes by other means.
        const bool open = is_visible(path) && !path.starts_with("migrations/") && path != "spec.yaml";
        if (open && node.kind == node_kind::file) files.push_back(path);
        if (open && path.find(".new") != std::string::npos) waiting.push_back(path);
    }
    if (!waiting.empty() && dice_.one_in(3)) return dice_.pick(waiting);
    // Some files see most of the edits, so that histories meet themselves.
    if (!touched_.empty() && dice_.one_in(2)) {
        const std::string& again =
            *std::next(touched_.begin(), static_cast<std::ptrdiff_t>(dice_.below(touched_.size())));
        if (disk.nodes.contains(again)) return again;
    }
    // So are those that change with the spec.
    std::erase_if(files, [&](const std::string& path) {
        return !path.starts_with("src/") && !path.starts_with("openapi") && !dice_.one_in(4);
    });
    return files.empty() ? std::string() : dice_.pick(files);
}

std::string user::edit_text(const std::string& path, std::string& text) {
    const auto starts = starts_of(text);
    const std::size_t start = dice_.pick(starts);
    const std::size_t end = end_of_line(text, start);
    switch (dice_.below(8)) {
        case 0:
            text.erase(start, std::min(end + 1, text.size()) - start);
            return "delete a line of";
        case 1:
        case 2:
            text.replace(start, end - start, line(path));
            return "change a line of";
        case 3:
            text = to_crlf(text);
            return "give CRLF to";
        case 4:
            if (text.ends_with('\n')) text.pop_back();
            return "take the final newline from";
        case 5:
            text += (text.ends_with('\n') || text.empty() ? "" : "\n") + line(path) + "\n";
            return "append to";
        default:
            text.insert(start, line(path) + "\n");
            return "insert into";
    }
}

std::string user::write_code(memory_filesystem& disk, const made_entity& about) {
    const std::string entity = snake_case(about.name);
    std::vector<std::string> places;
    for (const std::string& place : {"src/custom/" + entity + "_hooks.cpp", "src/domain/" + entity + ".cpp"}) {
        if (disk.nodes.contains(place)) places.push_back(place);
    }
    if (places.empty()) return "no place for code about " + about.name;
    const std::string& path = dice_.pick(places);
    const std::string& field = dice_.pick(about.fields).name;
    std::string& text = disk.nodes.find(path)->second.content;
    text += line(path) + "\n#include \"domain/" + entity + ".hpp\"\n\nnamespace demo::own_" + std::to_string(serial_) +
            " {\n\n[[maybe_unused]] static bool is_same(const domain::" + entity + "& one, const domain::" + entity +
            "& " + entity + ") {\n    return one." + field + " == " + entity + "." + field + ";  // its " + field +
            "\n}\n\n}  // namespace demo\n";
    touched_.insert(path);
    return "write code about " + about.name + "." + field + " into " + path;
}

void user::follow(memory_filesystem& disk, const made_entity& about) {
    const auto file = disk.nodes.find("src/custom/" + snake_case(about.name) + "_hooks.cpp");
    if (file == disk.nodes.end()) return;
    std::string& text = file->second.content;
    for (const made_field& field : about.fields) {
        if (field.was.empty()) continue;
        for (auto at = text.find("." + field.was); at != std::string::npos; at = text.find("." + field.was, at)) {
            text.replace(at + 1, field.was.size(), field.name);
        }
    }
}

std::string user::edit(memory_filesystem& disk) {
    if (dice_.one_in(12)) {
        const std::string path =
            (dice_.one_in(2) ? "src/custom/own" : "notes/own") + std::to_string(++serial_) + ".cpp";
        disk.put(path, line(path) + "\n");
        touched_.insert(path);
        return "add " + path;
    }
    const std::string path = pick_file(disk);
    if (path.empty()) return "nothing to edit";
    touched_.insert(path);
    memory_node& node = disk.nodes.find(path)->second;
    if (dice_.one_in(path.find(".new") == std::string::npos ? 12 : 3)) {
        disk.nodes.erase(path);
        return "delete " + path;
    }
    if (dice_.one_in(14)) {
        node.permissions ^= 0111;
        return "chmod " + path;
    }
    return edit_text(path, node.content) + " " + path;
}

}  // namespace tenon::gen
