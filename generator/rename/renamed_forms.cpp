// Words within identifiers and within sentences.
#include "generator/rename/renamed_forms.hpp"

#include <algorithm>

#include "generator/rename/tokens.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_candidates = 64;

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Whether text[begin, end) is a part of its own: between underscores, capitals, or what is no part of a name.
bool is_part(std::string_view text, std::size_t begin, std::size_t end) {
    const auto ends_before = [&](std::size_t at) { return at == 0 || !is_name_character(text[at - 1]); };
    const bool starts =
        ends_before(begin) || text[begin - 1] == '_' || (is_upper(text[begin]) && !is_upper(text[begin - 1]));
    if (!starts) return false;
    if (end == text.size() || !is_name_character(text[end]) || text[end] == '_') return true;
    return is_upper(text[end]) && !is_upper(text[end - 1]);
}

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
    return text.substr(at).starts_with(word) && is_part(text, at, at + word.size());
}

}  // namespace

bool has_part(std::string_view name, std::string_view word) {
    for (auto at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        if (is_part(name, at, at + word.size())) return true;
    }
    return false;
}

renamed_forms::renamed_forms(const std::vector<renamed_word>& renames) {
    for (const auto& [was, is] : renames) learn(was, is);
    std::stable_sort(words_.begin(), words_.end(),
                     [](const known_word& a, const known_word& b) { return a.text.size() > b.text.size(); });
}

void renamed_forms::learn(const std::string& was, const std::string& is) {
    if (was.empty() || is.empty()) return;
    if (was != is) changes_[was].insert(is);
    const auto kind_of = [&](const std::string& word) {
        const auto known =
            std::find_if(words_.begin(), words_.end(), [&](const known_word& one) { return one.text == word; });
        if (known != words_.end()) return known->kind;
        words_.push_back({word, words_.size()});
        return words_.back().kind;
    };
    const std::size_t first = kind_of(was);
    const std::size_t second = kind_of(is);
    for (known_word& one : words_) {
        if (one.kind == second) one.kind = first;
    }
}

const renamed_forms::known_word* renamed_forms::word_at(std::string_view text, std::size_t at) const {
    const auto found = std::find_if(words_.begin(), words_.end(),
                                    [&](const known_word& word) { return stands_at(text, at, word.text); });
    return found == words_.end() ? nullptr : &*found;
}

std::string renamed_forms::with_classes(std::string_view text) const {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (const known_word* word = word_at(text, at)) {
            out += '\x02' + std::to_string(word->kind) + '\x03';
            at += word->text.size();
        } else {
            out += text[at++];
        }
    }
    return out;
}

void renamed_forms::extend(std::string_view name, std::size_t at, const std::string& so_far,
                           std::set<std::string>& out) const {
    if (out.size() >= max_candidates) return;
    for (std::size_t next = at; next < name.size(); ++next) {
        for (const auto& [was, became] : changes_) {
            if (!stands_at(name, next, was)) continue;
            const std::string head = so_far + std::string(name.substr(at, next - at));
            for (const std::string& is : became) extend(name, next + was.size(), head + is, out);
        }
    }
    out.insert(so_far + std::string(name.substr(at)));
}

std::set<std::string> renamed_forms::candidates(std::string_view name) const {
    std::set<std::string> out;
    extend(name, 0, {}, out);
    out.erase(std::string(name));
    return out;
}

}  // namespace tenon::gen
