// Finds list commands in CMake code, reads their arguments as entries, and puts the merged ones back.
#include "generator/merge/cmake_lists.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "generator/merge/entries.hpp"
#include "generator/merge/quoted.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view space_characters = " \t\r\n";

/// Commands whose arguments after the first are a set.
constexpr std::array<std::string_view, 13> list_commands{"add_dependencies",
                                                         "add_executable",
                                                         "add_library",
                                                         "find_package",
                                                         "set",
                                                         "target_compile_definitions",
                                                         "target_compile_features",
                                                         "target_compile_options",
                                                         "target_include_directories",
                                                         "target_link_libraries",
                                                         "target_link_options",
                                                         "target_sources",
                                                         "tenon_layer"};

constexpr std::array<std::string_view, 6> section_words{"PUBLIC", "PRIVATE",    "INTERFACE",
                                                        "LINKS",  "COMPONENTS", "SOURCES"};

template <class Words>
bool among(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_identifier(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A command found: its text is [from, to), and the whole of it is an entry.
struct found_list {
    std::size_t from = 0;
    std::size_t to = 0;
    entry content;
};

/// Goes through CMake code token by token. Every step leaves `at_` behind what it took.
class cmake_scanner {
  public:
    explicit cmake_scanner(std::string_view text) : text_(text) {}

    std::vector<found_list> lists() {
        std::vector<found_list> found;
        while (at_ < text_.size()) {
            if (skip_filler()) continue;
            if (!is_identifier(text_[at_])) {
                ++at_;
                continue;
            }
            const std::size_t from = at_;
            while (at_ < text_.size() && is_identifier(text_[at_])) ++at_;
            const std::string name(text_.substr(from, at_ - from));
            skip_blanks();
            if (at_ >= text_.size() || text_[at_] != '(') continue;
            ++at_;
            auto content = arguments(name, from);
            if (!content) return found;
            if (among(list_commands, name)) found.push_back({from, at_, std::move(*content)});
        }
        return found;
    }

  private:
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }

    /// `[[…]]`, `[=[…]=]`: true when one starts here and ends.
    bool skip_bracket() {
        if (text_[at_] != '[') return false;
        const auto second = text_.find_first_not_of('=', at_ + 1);
        if (second == std::string_view::npos || text_[second] != '[') return false;
        const std::string close = "]" + std::string(second - at_ - 1, '=') + "]";
        const auto end = text_.find(close, second);
        if (end == std::string_view::npos) return false;
        at_ = end + close.size();
        return true;
    }

    /// White space and comments.
    bool skip_filler() {
        const std::size_t from = at_;
        while (at_ < text_.size()) {
            if (space_characters.find(text_[at_]) != std::string_view::npos) {
                ++at_;
            } else if (text_[at_] == '#') {
                ++at_;
                if (at_ < text_.size() && skip_bracket()) continue;
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else {
                break;
            }
        }
        return at_ > from;
    }

    /// A comment on the same line belongs to the argument it follows.
    void take_trailing_comment() {
        const auto comment = text_.find_first_not_of(" \t", at_);
        if (comment == std::string_view::npos || text_[comment] != '#') return;
        at_ = std::min(text_.find('\n', comment), text_.size());
    }

    bool take_quoted() {
        const auto end = past_quoted(text_, at_);
        if (end == std::string_view::npos) return false;
        at_ = end;
        return true;
    }

    bool take_argument() {
        if (text_[at_] == '"') return take_quoted();
        if (skip_bracket()) return true;
        int depth = 0;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\\') {
                ++at_;
            } else if (c == '"') {
                return false;
            } else if (c == '(') {
                ++depth;
            } else if (c == ')' && depth-- == 0) {
                return true;
            } else if (depth == 0 && space_characters.find(c) != std::string_view::npos) {
                return true;
            }
        }
        return false;
    }

    /// From behind the opening parenthesis past the closing one. Nothing when the code ends before.
    std::optional<entry> arguments(const std::string& name, std::size_t from) {
        entry command{name, {}, {}, {}, {}, true};
        entry* section = nullptr;
        for (std::size_t argument = 0;; ++argument) {
            const std::size_t gap = at_;
            skip_filler();
            if (at_ >= text_.size()) return std::nullopt;
            if (text_[at_] == ')') {
                if (argument == 0) command.head = text_.substr(from, gap - from);
                command.tail = text_.substr(gap, ++at_ - gap);
                break;
            }
            const std::size_t start = at_;
            if (!take_argument() || at_ == start) return std::nullopt;
            const std::string word(text_.substr(start, at_ - start));
            take_trailing_comment();
            if (argument == 0) {
                command.key += " " + word;
                command.head = text_.substr(from, at_ - from);
                continue;
            }
            entry one{word,
                      std::string(text_.substr(gap, start - gap)),
                      std::string(text_.substr(start, at_ - start)),
                      {},
                      {},
                      among(section_words, word)};
            std::vector<entry>& into = section && !one.container ? section->children : command.children;
            into.push_back(std::move(one));
            if (into.back().container) section = &into.back();
        }
        return command;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool has_sound_keys(const entry& e) {
    return has_unique_keys(e.children) &&
           std::all_of(e.children.begin(), e.children.end(), [](const entry& c) { return has_sound_keys(c); });
}

/// A comment behind an argument must not swallow what comes next.
void break_after_comment(const std::string& last, std::string& next) {
    const auto comment = last.rfind('#');
    const bool open = comment != std::string::npos && last.find('\n', comment) == std::string::npos;
    if (open && next.find('\n') == std::string::npos) next.insert(0, 1, '\n');
}

void break_after_comments(entry& e) {
    const std::string* last = &e.head;
    for (entry& child : e.children) {
        break_after_comment(*last, child.before);
        break_after_comments(child);
        last = child.children.empty() ? &child.head : &child.children.back().head;
    }
    if (!e.tail.empty()) break_after_comment(*last, e.tail);
}

std::size_t count_arguments(const entry& e) {
    std::size_t n = e.children.size();
    for (const entry& child : e.children) n += count_arguments(child);
    return n;
}

using lists_by_key = std::map<std::string, const found_list*>;

lists_by_key single_ones(const std::vector<found_list>& lists) {
    lists_by_key by_key;
    for (const found_list& list : lists) {
        const auto [place, fresh] = by_key.emplace(list.content.key, &list);
        if (!fresh) place->second = nullptr;
    }
    std::erase_if(by_key,
                  [](const auto& one) { return one.second == nullptr || !has_sound_keys(one.second->content); });
    return by_key;
}

std::optional<std::string> merged_list(const entry& base, const entry& mine, const entry& theirs) {
    if (mine == theirs || mine == base || theirs == base) return std::nullopt;
    auto merged = merge_entries(&base, mine, theirs);
    if (!merged || !keeps_added_entries(base, mine, *merged)) return std::nullopt;
    break_after_comments(*merged);
    std::string text = text_of(*merged, "");
    const auto again = cmake_scanner(text).lists();
    if (again.size() != 1 || count_arguments(again.front().content) != count_arguments(*merged)) return std::nullopt;
    return text;
}

std::string replaced(std::string_view text, const std::vector<found_list>& lists,
                     const std::map<std::string, std::string>& merged) {
    std::string out;
    std::size_t from = 0;
    for (const found_list& list : lists) {
        const auto now = merged.find(list.content.key);
        if (now == merged.end()) continue;
        out.append(text.substr(from, list.from - from)).append(now->second);
        from = list.to;
    }
    return out.append(text.substr(from));
}

}  // namespace

three_owned_texts with_merged_lists(const three_texts& sides) {
    const auto base = cmake_scanner(sides.base).lists();
    const auto mine = cmake_scanner(sides.mine).lists();
    const auto theirs = cmake_scanner(sides.theirs).lists();
    const lists_by_key in_base = single_ones(base);
    const lists_by_key in_theirs = single_ones(theirs);
    std::map<std::string, std::string> merged;
    for (const auto& [key, own] : single_ones(mine)) {
        const auto b = in_base.find(key);
        const auto t = in_theirs.find(key);
        if (b == in_base.end() || t == in_theirs.end()) continue;
        auto text = merged_list(b->second->content, own->content, t->second->content);
        if (text) merged.emplace(key, std::move(*text));
    }
    return {replaced(sides.base, base, merged), replaced(sides.mine, mine, merged),
            replaced(sides.theirs, theirs, merged)};
}

}  // namespace tenon::gen
