// JSON with every byte kept: white space before a value, commas as separators.
#include "generator/merge/outlines.hpp"
#include "generator/merge/quoted.hpp"

namespace tenon::gen {
namespace {

constexpr int max_depth = 64;

class json_outliner {
  public:
    explicit json_outliner(std::string_view text) : text_(text) {}

    std::optional<entry> run() {
        entry root;
        root.before = space();
        if (!value(root, 0)) return std::nullopt;
        root.tail += space();
        if (at_ != text_.size()) return std::nullopt;
        return root;
    }

  private:
    std::string space() {
        const std::size_t from = at_;
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
        return std::string(text_.substr(from, at_ - from));
    }

    bool peek(char c) const { return at_ < text_.size() && text_[at_] == c; }

    bool string() {
        if (!peek('"')) return false;
        const auto end = past_quoted(text_, at_);
        if (end == std::string_view::npos) return false;
        at_ = end;
        return true;
    }

    bool scalar() {
        if (peek('"')) return string();
        const std::size_t from = at_;
        while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
        return at_ > from;
    }

    /// Appends the value to the head of `into`, which may have a member's name in it already.
    bool value(entry& into, int depth) {
        const std::size_t from = at_;
        if (peek('{') || peek('[')) return depth < max_depth && container(into, depth);
        if (!scalar()) return false;
        into.head += text_.substr(from, at_ - from);
        return true;
    }

    bool container(entry& into, int depth) {
        const bool object = peek('{');
        const char close = object ? '}' : ']';
        into.container = true;
        into.head += text_[at_++];
        std::string gap = space();
        while (!peek(close) || !into.children.empty()) {
            entry child;
            child.before = std::move(gap);
            if (!(object ? member(child, depth) : item(child, depth))) return false;
            into.children.push_back(std::move(child));
            gap = space();
            if (peek(close)) break;
            // White space before a comma would have no place in an entry.
            if (!gap.empty() || !peek(',')) return false;
            ++at_;
            gap = space();
        }
        into.tail = gap + close;
        ++at_;
        if (has_unique_keys(into.children)) return true;
        if (object) return false;
        close_container(into, ",");
        return true;
    }

    bool member(entry& into, int depth) {
        const std::size_t from = at_;
        if (!string()) return false;
        into.key = text_.substr(from, at_ - from);
        space();
        if (!peek(':')) return false;
        ++at_;
        space();
        into.head = text_.substr(from, at_ - from);
        return value(into, depth + 1);
    }

    bool item(entry& into, int depth) {
        if (!value(into, depth + 1)) return false;
        into.key = into.head;
        if (!into.container) return true;
        // Lists of lists have nothing to tell their entries apart by; objects have their name.
        into.key.clear();
        for (const entry& child : into.children) {
            if (child.key == "\"name\"" && !child.container) into.key = child.head;
        }
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<entry> outline_json(std::string_view text) {
    return json_outliner(text).run();
}

}  // namespace tenon::gen
