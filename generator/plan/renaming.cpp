// Finding identifiers, and deciding for each whether it was renamed.
#include "generator/plan/renaming.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c) || (c >= '0' && c <= '9') || c == '_';
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (at < text.size() && is_word(text[at])) ++at;
    return at;
}

/// Whether text[begin, end) is a part of its own in an identifier: between underscores or capitals.
bool is_part(std::string_view text, std::size_t begin, std::size_t end) {
    const bool starts = begin == 0 || text[begin - 1] == '_' || (is_upper(text[begin]) && !is_upper(text[begin - 1]));
    if (!starts) return false;
    return end == text.size() || text[end] == '_' || (is_upper(text[end]) && !is_upper(text[end - 1]));
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Descriptions of where an identifier stands, the most telling first: with what it is qualified by, with what comes
/// next, by itself. "domain::task", "task<", "task".
std::array<std::string, 3> surroundings(std::string_view line, std::size_t begin, std::size_t end) {
    std::size_t before = begin;
    while (before > 0 && (line[before - 1] == ':' || line[before - 1] == '.')) --before;
    if (before < begin) {
        while (before > 0 && is_word(line[before - 1])) --before;
    }
    const std::string_view name = line.substr(begin, end - begin);
    const std::string next = end < line.size() ? std::string(1, line[end]) : std::string();
    return {std::string(line.substr(before, end - before)) + "|", "|" + std::string(name) + next, std::string(name)};
}

}  // namespace

std::set<std::string_view> identifiers_of(std::string_view text) {
    std::set<std::string_view> found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = end_of_word(text, at);
        if (end > at) found.insert(text.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return found;
}

renaming::renaming(const std::vector<renamed_word>& words, std::string_view base, std::string_view theirs,
                   name_lookup is_named)
    : theirs_(identifiers_of(theirs)), is_named_(std::move(is_named)) {
    for (const renamed_word& word : words) {
        const bool is_identifier = std::all_of(word.first.begin(), word.first.end(), is_word);
        (is_identifier ? words_ : phrases_).push_back(word);
    }
    const auto longer = [](const renamed_word& a, const renamed_word& b) { return a.first.size() > b.first.size(); };
    std::stable_sort(words_.begin(), words_.end(), longer);
    std::stable_sort(phrases_.begin(), phrases_.end(), longer);
    learn(base, theirs);
    changes_base_ = apply(base) != base;
}

/// `identifier` with every old word in it replaced.
std::string renaming::with_words(std::string_view identifier) const {
    std::string out;
    for (std::size_t at = 0; at < identifier.size();) {
        const auto fits = [&](const renamed_word& word) {
            return identifier.substr(at).starts_with(word.first) && is_part(identifier, at, at + word.first.size());
        };
        const auto word = std::find_if(words_.begin(), words_.end(), fits);
        out += word == words_.end() ? std::string(1, identifier[at]) : word->second;
        at += word == words_.end() ? 1 : word->first.size();
    }
    return out;
}

renaming::fate renaming::fate_of(std::string_view identifier, const std::string& renamed) const {
    if (theirs_.contains(identifier)) return fate::doubtful;
    if (theirs_.contains(renamed)) return fate::replace;
    const bool is_word_itself =
        std::any_of(words_.begin(), words_.end(), [&](const renamed_word& word) { return word.first == identifier; });
    if (is_word_itself) return fate::replace;
    return is_named_(renamed) && !is_named_(identifier) ? fate::replace : fate::keep;
}

std::string renaming::line_with(std::string_view line, const decision& replaces) const {
    std::size_t doubts = 0;
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        const bool starts = at == 0 || !is_word(line[at - 1]);
        const auto fits = [&](const renamed_word& phrase) {
            const std::size_t end = at + phrase.first.size();
            return line.substr(at).starts_with(phrase.first) && (end == line.size() || !is_word(line[end]));
        };
        const auto phrase = starts ? std::find_if(phrases_.begin(), phrases_.end(), fits) : phrases_.end();
        if (phrase != phrases_.end()) {
            out += phrase->second;
            at += phrase->first.size();
            continue;
        }
        const std::size_t end = std::max(end_of_word(line, at), at + 1);
        const std::string_view identifier = line.substr(at, end - at);
        std::string renamed = is_word(line[at]) ? with_words(identifier) : std::string(identifier);
        if (renamed != identifier) {
            const fate what = fate_of(identifier, renamed);
            const bool stays = what == fate::keep || (what == fate::doubtful && !replaces({line, at, end, doubts++}));
            if (stays) renamed = identifier;
        }
        out += renamed;
        at = end;
    }
    return out;
}

/// What became of a line of the base: of the ways to read its doubtful identifiers, the one that is generated now.
void renaming::learn_line(std::string_view line, const std::set<std::string_view>& there) {
    std::vector<doubtful> doubts;
    (void)line_with(line, [&](const doubtful& one) {
        doubts.push_back(one);
        return false;
    });
    const std::size_t ways = std::size_t{1} << std::min<std::size_t>(doubts.size(), 6);
    // All of them first: that is what a rename usually means.
    for (std::size_t way = ways; way-- > 0;) {
        const auto replaced = [way](const doubtful& one) { return one.index < 6 && (way >> one.index & 1) != 0; };
        std::string read = line_with(line, replaced);
        if (!there.contains(read)) continue;
        for (const doubtful& one : doubts) {
            for (const std::string& around : surroundings(one.line, one.begin, one.end)) {
                votes_[around] += replaced(one) ? 1 : -1;
            }
        }
        lines_.emplace(line, std::move(read));
        return;
    }
}

void renaming::learn(std::string_view base, std::string_view theirs) {
    const auto new_lines = lines_of(theirs);
    const std::set<std::string_view> there(new_lines.begin(), new_lines.end());
    for (const std::string_view line : lines_of(base)) {
        if (!lines_.contains(line)) learn_line(line, there);
    }
}

bool renaming::seems_renamed(const doubtful& one) const {
    for (const std::string& around : surroundings(one.line, one.begin, one.end)) {
        const auto votes = votes_.find(around);
        if (votes != votes_.end() && votes->second != 0) return votes->second > 0;
    }
    return false;
}

std::string renaming::apply(std::string_view text) const {
    std::string out;
    for (const std::string_view line : lines_of(text)) {
        const auto known = lines_.find(line);
        const auto guess = [&](const doubtful& one) { return seems_renamed(one); };
        out += known != lines_.end() ? known->second : line_with(line, guess);
    }
    return out;
}

}  // namespace tenon::gen
