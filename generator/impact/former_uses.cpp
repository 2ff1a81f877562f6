// Reads each text once, and looks for every former name in it.
#include "generator/impact/former_uses.hpp"

#include <algorithm>

#include "generator/impact/name_pattern.hpp"

namespace tenon::gen {
namespace {

bool is_cmake(std::string_view path) {
    return path.ends_with(".cmake") || path == "CMakeLists.txt" || path.ends_with("/CMakeLists.txt");
}

std::string_view kind_word(former_kind kind) {
    if (kind == former_kind::header) return "header_changed";
    return kind == former_kind::name ? "name_changed" : "target_changed";
}

impact use_of(const former_name& one, const std::string& path, std::size_t line) {
    impact out{std::string(kind_word(one.kind)), severity::breaking, {}};
    out.message = shown_former(one) + (one.is.empty() ? " is gone since " : " changed in ") + std::string(one.since) +
                  (one.is.empty() && one.note.empty() ? "" : ": ");
    out.message += one.is.empty() ? std::string(one.note) : shown_present(one);
    std::erase(out.message, '`');
    out.use = code_use{path, line, std::string(one.was), std::string(one.is)};
    return out;
}

/// A former name as it is looked for in C++.
struct wanted_name {
    const former_name* what = nullptr;
    name_pattern pattern;
};

struct wanted_names {
    explicit wanted_names(const former_list& list) : objects(list.objects) {
        for (const former_name& one : list.names) {
            if (one.kind == former_kind::name) names.push_back({&one, {one.was, list.objects}});
            if (one.kind == former_kind::header) headers.emplace(one.was, &one);
            const bool is_plain = one.kind == former_kind::name && one.is.find_first_of("(& ") == std::string_view::npos;
            if (is_plain && !one.is.empty()) present.insert(one.is);
        }
    }

    std::vector<wanted_name> names;
    std::map<std::string_view, const former_name*> headers;
    std::set<std::string_view> present;
    std::span<const former_object> objects;
};

/// Where several patterns tell of the same token, the longest knows most.
void add_cpp_uses(std::vector<impact>& out, const wanted_names& wanted, const std::string& path,
                  const searched_text& text) {
    std::map<std::size_t, const wanted_name*> found;  // token -> the longest
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const cpp_token& token = text.tokens[i];
        const auto header = token.kind == cpp_kind::header ? wanted.headers.find(token.text) : wanted.headers.end();
        if (header != wanted.headers.end()) out.push_back(use_of(*header->second, path, token.line));
        if (token.kind != cpp_kind::name) continue;
        for (const wanted_name& one : wanted.names) {
            const auto match = one.pattern.find_at(text, i);
            if (!match) continue;
            const wanted_name*& best = found[match->told];
            if (best == nullptr || best->pattern.length() < one.pattern.length()) best = &one;
        }
    }
    for (const auto& [token, one] : found) out.push_back(use_of(*one->what, path, text.tokens[token].line));
}

/// `#` begins a comment outside of quotes.
std::string_view without_comment(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') quoted = !quoted;
        if (line[i] == '#' && !quoted) return line.substr(0, i);
    }
    return line;
}

bool names_target(std::string_view line, std::string_view target) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:.";
    for (auto at = line.find(target); at != std::string_view::npos; at = line.find(target, at + 1)) {
        const std::size_t end = at + target.size();
        const bool begins = at == 0 || letters.find(line[at - 1]) == std::string_view::npos;
        // "$<LINK_ONLY:tenon::http>"
        const bool in_expression = at > 0 && line[at - 1] == ':' && !(at > 1 && line[at - 2] == ':');
        const bool ends = end == line.size() || letters.find(line[end]) == std::string_view::npos;
        if ((begins || in_expression) && ends) return true;
    }
    return false;
}

void add_cmake_uses(std::vector<impact>& out, const former_list& list, const std::string& path, std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = without_comment(text.substr(0, end));
        for (const former_name& one : list.names) {
            const bool is_used = one.kind == former_kind::target && names_target(line, one.was);
            if (is_used) out.push_back(use_of(one, path, number));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

std::string shown_former(const former_name& one) {
    if (one.kind == former_kind::header) return "<" + std::string(one.was) + ">";
    return std::string(one.was) + (one.was.find('(') != std::string_view::npos ? "…)" : "");
}

std::string shown_present(const former_name& one) {
    const std::string is = one.kind == former_kind::header ? "<" + std::string(one.is) + ">" : std::string(one.is);
    const std::string text = one.is.empty() ? "gone" : "`" + is + "`";
    if (one.note.empty()) return text;
    return text + (one.is.empty() ? ": " : "; ") + std::string(one.note);
}

std::vector<impact> find_former_uses(const std::map<std::string, std::string>& texts,
                                     const std::set<std::string>& own_names, const former_list& list) {
    struct read_text {
        std::vector<cpp_token> tokens;
        std::optional<cpp_names> names;
    };
    std::map<std::string_view, read_text> read;
    std::set<std::string_view> taken(own_names.begin(), own_names.end());
    for (const auto& [path, text] : texts) {
        if (!is_cpp_source(path)) continue;
        read_text& one = read[path];
        one.tokens = cpp_tokens(text);
        one.names.emplace(one.tokens);
        taken.insert(one.names->declared().begin(), one.names->declared().end());
    }
    const wanted_names wanted(list);
    std::vector<impact> out;
    for (const auto& [path, text] : texts) {
        if (is_cmake(path)) add_cmake_uses(out, list, path, text);
        const auto found = read.find(path);
        if (found == read.end()) continue;
        const auto& [tokens, names] = found->second;
        add_cpp_uses(out, wanted, path,
                     {tokens, *names, find_variables(tokens, *names, list.objects), taken, wanted.present});
    }
    std::stable_sort(out.begin(), out.end(), [](const impact& a, const impact& b) {
        return std::tie(a.use->path, a.use->line) < std::tie(b.use->path, b.use->line);
    });
    return out;
}

}  // namespace tenon::gen
