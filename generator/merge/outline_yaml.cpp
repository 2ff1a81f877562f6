// YAML by lines and indentation: enough to tell the entries of block mappings and sequences apart.
#include <algorithm>
#include <utility>

#include "generator/merge/outlines.hpp"

namespace tenon::gen {
namespace {

struct yaml_line {
    std::string_view text;  // With its newline.
    std::string_view content;
    std::size_t indent = 0;
    bool filler = false;  // Blank, or only a comment.
};

std::vector<yaml_line> yaml_lines_of(std::string_view text) {
    std::vector<yaml_line> lines;
    while (!text.empty()) {
        yaml_line line;
        line.text = text.substr(0, text.find('\n') + 1);
        text.remove_prefix(line.text.size());
        line.indent = line.text.find_first_not_of(' ');
        line.content = line.text.substr(line.indent);
        while (!line.content.empty() &&
               std::string_view(" \t\r\n").find(line.content.back()) != std::string_view::npos) {
            line.content.remove_suffix(1);
        }
        line.filler = line.content.empty() || line.content.front() == '#';
        lines.push_back(line);
    }
    return lines;
}

bool is_item(std::string_view content) {
    return content == "-" || content.starts_with("- ");
}

/// The key of `key: value`, and where its value starts; an empty key for anything else.
std::pair<std::string, std::string_view> split_key(std::string_view content) {
    std::size_t end = std::string_view::npos;
    if (content.front() == '"' || content.front() == '\'') {
        end = content.find(content.front(), 1);
        if (end == std::string_view::npos || content.substr(0, end).find('\\') != std::string_view::npos) return {};
        if (++end >= content.size() || content[end] != ':') return {};
    } else if (std::string_view("&*!|>%@`{}[],?#").find(content.front()) == std::string_view::npos) {
        for (end = content.find(':'); end != std::string_view::npos; end = content.find(':', end + 1)) {
            if (end + 1 == content.size() || content[end + 1] == ' ') break;
        }
    }
    if (end == std::string_view::npos || content.substr(0, end).find(" #") != std::string_view::npos) return {};
    std::string_view value = content.substr(end + 1);
    const auto first = value.find_first_not_of(' ');
    value = first == std::string_view::npos || value[first] == '#' ? std::string_view{} : value.substr(first);
    return {std::string(content.substr(0, end)), value};
}

class yaml_outliner {
  public:
    explicit yaml_outliner(std::string_view text) : lines_(yaml_lines_of(text)) {}

    std::optional<entry> run() {
        entry root;
        root.container = true;
        if (!block(root, 0, lines_.size())) return std::nullopt;
        return root;
    }

  private:
    /// Reads the lines [from, to) as the children of `into`.
    bool block(entry& into, std::size_t from, std::size_t to) {
        std::string above;
        std::optional<std::size_t> indent;
        std::optional<bool> items;
        for (std::size_t i = from; i < to;) {
            const yaml_line& line = lines_[i];
            if (line.filler) {
                above += line.text;
                ++i;
                continue;
            }
            if (line.content.find('\t') != std::string_view::npos && line.content.front() == '\t') return false;
            if (!indent) indent = line.indent;
            if (!items) items = is_item(line.content);
            if (line.indent != *indent || is_item(line.content) != *items) return false;
            entry child;
            child.before = std::exchange(above, {});
            const std::size_t end = end_of(i, to);
            if (!(*items ? item(child, i, end) : member(child, i, end))) return false;
            into.children.push_back(std::move(child));
            i = end;
        }
        into.tail = std::move(above);
        return has_unique_keys(into.children);
    }

    /// One past the last line that belongs to the entry that begins at `from`: what is indented more.
    std::size_t end_of(std::size_t from, std::size_t to) const {
        const yaml_line& first = lines_[from];
        const bool may_own_items = !is_item(first.content) && split_key(first.content).second.empty();
        std::size_t end = from + 1;
        for (std::size_t i = end; i < to; ++i) {
            const yaml_line& line = lines_[i];
            const bool blank = line.content.empty();
            const bool deeper = !blank && line.indent > first.indent;
            const bool own_item = may_own_items && line.indent == first.indent && !line.filler && is_item(line.content);
            if (deeper || own_item) {
                end = i + 1;
            } else if (!line.filler) {
                break;
            }
        }
        return end;
    }

    std::string text(std::size_t from, std::size_t to) const {
        std::string out;
        for (std::size_t i = from; i < to; ++i) out += lines_[i].text;
        return out;
    }

    bool item(entry& into, std::size_t from, std::size_t to) {
        into.key = lines_[from].content;
        into.head = text(from, to);
        return true;
    }

    bool member(entry& into, std::size_t from, std::size_t to) {
        auto [key, value] = split_key(lines_[from].content);
        if (key.empty()) return false;
        into.key = std::move(key);
        if (!value.empty() || to == from + 1) {
            into.head = text(from, to);
            return true;
        }
        entry inner = into;
        inner.head = lines_[from].text;
        inner.container = true;
        if (block(inner, from + 1, to)) {
            into = std::move(inner);
        } else {
            into.head = text(from, to);
        }
        return true;
    }

    std::vector<yaml_line> lines_;
};

}  // namespace

std::optional<entry> outline_yaml(std::string_view text) {
    if (!text.empty() && !text.ends_with('\n')) return std::nullopt;
    return yaml_outliner(text).run();
}

}  // namespace tenon::gen
