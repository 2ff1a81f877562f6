// Compiling templates: text to a flat list of nodes, with standalone tag lines taken out.
#include <algorithm>
#include <optional>

#include "generator/render/template.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view blank = " \t";

struct tag {
    char sigil = 0;  ///< One of # ^ / ! =, or 0 for a variable.
    std::string_view name;
    std::size_t begin = 0, end = 0;  ///< With the delimiters.
};

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<view_key> path_of(std::string_view name) {
    std::vector<view_key> path;
    if (name == ".") return path;
    for (std::size_t at = 0; at <= name.size();) {
        const auto dot = std::min(name.find('.', at), name.size());
        path.push_back(key_of(name.substr(at, dot - at)));
        at = dot + 1;
    }
    return path;
}

}  // namespace

class template_parser {
  public:
    template_parser(std::string file, std::string_view text) : text_(text) { out_.file_ = std::move(file); }

    result<compiled_template, template_error> parse() {
        while (auto next = find_tag()) {
            if (next->end == std::string_view::npos) return fail(next->begin, "a tag is not closed");
            if (auto broken = take(*next)) return *broken;
        }
        add_text(text_.substr(at_));
        if (!open_.empty()) {
            const auto& section = out_.nodes_[open_.back()];
            return template_error{out_.file_, section.line, "section '" + section.text + "' is not closed"};
        }
        return std::move(out_);
    }

  private:
    std::optional<tag> find_tag() const {
        const auto begin = text_.find(begin_delimiter_, at_);
        if (begin == std::string_view::npos) return std::nullopt;
        tag found;
        found.begin = begin;
        const auto inner = begin + begin_delimiter_.size();
        const auto close = text_.find(end_delimiter_, inner);
        if (close == std::string_view::npos) return found.end = close, found;
        found.end = close + end_delimiter_.size();
        auto content = trim(text_.substr(inner, close - inner));
        if (!content.empty() && std::string_view("#^/!=").find(content[0]) != std::string_view::npos) {
            found.sigil = content[0];
            content.remove_prefix(1);
        }
        found.name = trim(content);
        return found;
    }

    /// Adds the text before the tag and the tag itself.
    std::optional<template_error> take(const tag& next) {
        auto before = text_.substr(at_, next.begin - at_);
        auto behind = next.end;
        if (next.sigil != 0) strip_standalone(before, behind);
        add_text(before);
        const std::size_t begin = next.begin;
        at_ = behind;
        switch (next.sigil) {
            case '!':
                return std::nullopt;
            case '=':
                return set_delimiters(next.name, begin);
            case '/':
                return close_section(next.name, begin);
            default:
                return add_node(next, begin);
        }
    }

    /// A tag alone on its line takes the line with it.
    void strip_standalone(std::string_view& before, std::size_t& behind) const {
        const auto line_start = before.find_last_not_of(blank);
        const bool starts_line =
            line_start == std::string_view::npos ? (at_ == 0 || text_[at_ - 1] == '\n') : before[line_start] == '\n';
        const auto rest = text_.find_first_not_of(blank, behind);
        const bool ends_line = rest == std::string_view::npos || text_[rest] == '\n';
        if (!starts_line || !ends_line) return;
        before = before.substr(0, line_start == std::string_view::npos ? 0 : line_start + 1);
        behind = rest == std::string_view::npos ? text_.size() : rest + 1;
    }

    void add_text(std::string_view text) {
        if (text.empty()) return;
        compiled_template::node node;
        node.text = std::string(text);
        node.offset = static_cast<std::size_t>(text.data() - text_.data());
        out_.nodes_.push_back(std::move(node));
    }

    std::optional<template_error> add_node(const tag& next, std::size_t begin) {
        if (next.name.empty()) return error_at(begin, "a tag has no name");
        compiled_template::node node;
        node.type = next.sigil == '#'   ? compiled_template::kind::section
                    : next.sigil == '^' ? compiled_template::kind::inverted
                                        : compiled_template::kind::variable;
        node.text = std::string(next.name);
        node.path = path_of(next.name);
        node.line = line_of(begin);
        node.offset = begin;
        if (next.sigil != 0) open_.push_back(out_.nodes_.size());
        out_.nodes_.push_back(std::move(node));
        return std::nullopt;
    }

    std::optional<template_error> close_section(std::string_view name, std::size_t begin) {
        if (open_.empty() || out_.nodes_[open_.back()].text != name) {
            return error_at(begin, "'" + std::string(name) + "' closes a section that is not open here");
        }
        out_.nodes_[open_.back()].end = out_.nodes_.size();
        open_.pop_back();
        return std::nullopt;
    }

    std::optional<template_error> set_delimiters(std::string_view content, std::size_t begin) {
        const auto space = content.find(' ');
        if (space == std::string_view::npos || content.back() != '=') return error_at(begin, "bad delimiters");
        begin_delimiter_ = std::string(content.substr(0, space));
        end_delimiter_ = std::string(trim(content.substr(space, content.size() - space - 1)));
        return std::nullopt;
    }

    /// Goes on from where it was asked for last: counting from the top for every tag took a third of a render.
    std::size_t line_of(std::size_t offset) const {
        if (offset < counted_to_) counted_to_ = lines_counted_ = 0;
        const auto behind = text_.substr(counted_to_, offset - counted_to_);
        lines_counted_ += static_cast<std::size_t>(std::count(behind.begin(), behind.end(), '\n'));
        counted_to_ = offset;
        return 1 + lines_counted_;
    }
    template_error error_at(std::size_t offset, std::string message) const {
        return template_error{out_.file_, line_of(offset), std::move(message)};
    }
    result<compiled_template, template_error> fail(std::size_t offset, std::string message) const {
        return error_at(offset, std::move(message));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    mutable std::size_t counted_to_ = 0;
    mutable std::size_t lines_counted_ = 0;
    std::string begin_delimiter_ = "{{";
    std::string end_delimiter_ = "}}";
    std::vector<std::size_t> open_;
    compiled_template out_;
};

result<compiled_template, template_error> compiled_template::compile(std::string file, std::string_view text) {
    return template_parser(std::move(file), text).parse();
}

}  // namespace tenon::gen
