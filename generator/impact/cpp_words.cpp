// Reads declarations by their look: what stands before a name tells whether it is declared there.
#include "generator/impact/cpp_words.hpp"

#include <array>

#include "generator/support/among.hpp"

namespace tenon::gen {
namespace {

bool is_keyword(std::string_view word) {
    constexpr std::array<std::string_view, 43> words{
        "alignas",   "and",       "case",    "class",    "co_await", "co_return", "co_yield", "const",    "constexpr",
        "consteval", "constinit", "default", "delete",   "do",       "else",      "enum",     "explicit", "export",
        "extern",    "final",     "for",     "friend",   "goto",     "if",        "inline",   "mutable",  "namespace",
        "new",       "noexcept",  "not",     "operator", "or",       "override",  "return",   "static",   "struct",
        "switch",    "template",  "throw",   "typedef",  "typename", "using",     "while",
    };
    constexpr std::array<std::string_view, 7> more{"private", "protected", "public",  "thread_local",
                                                   "try",     "virtual",   "volatile"};
    return is_among(word, words) || is_among(word, more);
}

bool is_include(const token_line& line) {
    return line.tokens.size() > 1 && line.tokens[0].text == "#" && line.tokens[1].text == "include";
}

/// Knows which lines `#if 0` leaves out, until `#endif` or `#else`.
class left_out {
  public:
    bool covers(const token_line& line) {
        const bool is_directive = line.tokens.size() > 1 && line.tokens[0].text == "#";
        const std::string_view directive = is_directive ? line.tokens[1].text : std::string_view();
        if (depth_ == 0) {
            const bool never = directive == "if" && line.tokens.size() == 3 && line.tokens[2].text == "0";
            if (never) depth_ = 1;
            return never;
        }
        if (directive.starts_with("if")) ++depth_;
        const bool other_branch = depth_ == 1 && directive.starts_with("el");
        if (directive == "endif" || other_branch) --depth_;
        return true;
    }

  private:
    std::size_t depth_ = 0;
};

bool is(const std::vector<cpp_word>& words, std::size_t at, std::string_view text) {
    return at < words.size() && words[at].text == text;
}

bool is_name(const std::vector<cpp_word>& words, std::size_t at) {
    return at < words.size() && words[at].is_name;
}

/// Behind "." or "->".
bool is_member(const std::vector<cpp_word>& words, std::size_t at) {
    if (at == 0) return false;
    return is(words, at - 1, ".") || (at > 1 && is(words, at - 1, ">") && is(words, at - 2, "-"));
}

constexpr std::array<std::string_view, 3> type_words{"class", "struct", "enum"};

}  // namespace

std::vector<cpp_line> compiled_lines(std::string_view text) {
    std::vector<cpp_line> out;
    left_out skipped;
    std::size_t number = 0;
    for (token_line& line : token_lines(text_kind::cpp, text)) {
        ++number;
        if (!skipped.covers(line)) out.push_back({number, std::move(line)});
    }
    return out;
}

std::vector<cpp_word> cpp_words(const std::vector<cpp_line>& lines) {
    std::vector<cpp_word> out;
    for (const auto& [number, line] : lines) {
        if (is_include(line)) continue;
        for (const token& one : line.tokens) {
            if (one.kind == token_kind::prose || one.kind == token_kind::sql) continue;
            if (one.kind == token_kind::literal) {
                out.push_back({"\"", number, false});
                continue;
            }
            const bool colon = one.text == ":" && !out.empty() && out.back().text == ":" &&
                               out.back().text.data() + 1 == one.text.data();
            if (colon) {
                out.back().text = std::string_view(out.back().text.data(), 2);
                continue;
            }
            const bool name = one.kind == token_kind::name && !is_keyword(one.text);
            out.push_back({one.text, number, name});
        }
    }
    return out;
}

std::optional<written_name> name_at(const std::vector<cpp_word>& words, std::size_t at) {
    if (!is_name(words, at) || is_member(words, at)) return std::nullopt;
    written_name out{at, at + 1, std::string(words[at].text), false};
    if (at > 0 && is(words, at - 1, "::")) {
        const bool inside = at > 1 && (words[at - 2].is_name || words[at - 2].text == ">");
        if (inside) return std::nullopt;
        out.absolute = true;
    }
    while (is(words, out.end, "::") && is_name(words, out.end + 1)) {
        out.text.append("::").append(words[out.end + 1].text);
        out.end += 2;
    }
    return out;
}

name_scope::name_scope(const std::vector<cpp_word>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        read_using(words, i);
        read_declaration(words, i);
    }
}

void name_scope::read_using(const std::vector<cpp_word>& words, std::size_t at) {
    if (is(words, at, "namespace") && is(words, at + 2, "=")) {
        const std::size_t from = at + (is(words, at + 3, "::") ? 4 : 3);
        if (const auto name = name_at(words, from)) short_[std::string(words[at + 1].text)] = name->text;
        return;
    }
    if (!is(words, at, "using")) return;
    const bool whole = is(words, at + 1, "namespace");
    std::size_t from = at + (whole ? 2 : 1);
    if (is(words, from, "::")) ++from;
    const auto name = name_at(words, from);
    if (!name) return;
    if (whole) {
        spaces_.insert(expanded(name->text));
    } else if (is(words, name->end, "=")) {
        declared_.insert(name->text);
    } else if (const auto last = name->text.rfind("::"); last != std::string::npos) {
        short_[name->text.substr(last + 2)] = expanded(name->text);
    }
}

void name_scope::read_declaration(const std::vector<cpp_word>& words, std::size_t at) {
    if (at == 0 || !is_name(words, at) || is_member(words, at) || is(words, at + 1, "::")) return;
    std::size_t before = at - 1;
    if (is_among(words[before].text, type_words)) {
        declared_.emplace(words[at].text);
        return;
    }
    const bool indirect = is(words, before, "&") || is(words, before, "*");
    while (before > 0 && (is(words, before, "&") || is(words, before, "*") || is(words, before, "const"))) --before;
    if (!is_name(words, before) && !(is(words, before, ">") && !is(words, before - 1, "-"))) return;
    declared_.emplace(words[at].text);
    if (indirect && words[before].is_name) objects_[std::string(words[before].text)].emplace(words[at].text);
}

/// With what its first part stands for.
std::string name_scope::expanded(std::string name) const {
    for (int depth = 0; depth < 4; ++depth) {
        const std::size_t end = std::min(name.find("::"), name.size());
        const auto known = short_.find(name.substr(0, end));
        if (known == short_.end()) break;
        name = known->second + name.substr(end);
    }
    return name;
}

std::vector<name_scope::meaning> name_scope::meanings(const written_name& name) const {
    if (name.absolute) return {{name.text, false}};
    const std::string full = expanded(name.text);
    std::vector<meaning> out{{full, false}};
    if (full != name.text) return out;
    if (name.is_short() && declares(name.text)) return out;
    for (const std::string& space : spaces_) out.push_back({space + "::" + name.text, true});
    return out;
}

const std::set<std::string>& name_scope::objects_of(std::string_view type) const {
    static const std::set<std::string> none;
    const auto found = objects_.find(type);
    return found == objects_.end() ? none : found->second;
}

}  // namespace tenon::gen
