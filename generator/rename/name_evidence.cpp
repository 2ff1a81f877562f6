// Pairs lines by what they say with all names of a rename taken for one, then reads names off the pairs.
#include "generator/rename/name_evidence.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "generator/merge/common_items.hpp"

namespace tenon::gen {
namespace {

constexpr std::array every_nearness{nearness::place, nearness::relation, nearness::anywhere};

/// "value." is of the relation ".".
std::string_view relation_of(const token& one) {
    const std::string_view all = one.relation;
    return all.ends_with("::") ? all.substr(all.size() - 2)
                               : all.substr(all.size() - std::min<std::size_t>(all.size(), 1));
}

std::string key_of(const token& one, nearness how) {
    std::string key{static_cast<char>('0' + static_cast<int>(how)),
                    static_cast<char>('0' + static_cast<int>(one.kind))};
    if (how == nearness::place) key += one.relation;
    if (how == nearness::relation) key += relation_of(one);
    return (key += ' ') += one.text;
}

std::vector<std::string> shapes_of(const renamed_forms& forms, const std::vector<token_line>& lines) {
    std::vector<std::string> out;
    out.reserve(lines.size());
    for (const token_line& line : lines) out.push_back(forms.with_classes(line.text));
    return out;
}

/// Lines that are generated in another place now, as lists do that are sorted by name.
void pair_moved(const std::vector<std::string>& before, const std::vector<std::string>& after, paired_lines& lines) {
    std::vector<bool> taken(after.size());
    for (const auto& place : lines.became) {
        if (place) taken[*place] = true;
    }
    std::map<std::string_view, std::deque<std::size_t>> free;
    for (std::size_t j = 0; j < after.size(); ++j) {
        if (!taken[j]) free[after[j]].push_back(j);
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (lines.became[i]) continue;
        const auto found = free.find(before[i]);
        if (found == free.end() || found->second.empty()) continue;
        lines.became[i] = found->second.front();
        found->second.pop_front();
    }
}

bool is_named(const token& one) {
    return one.kind == token_kind::name || one.kind == token_kind::literal || one.kind == token_kind::sql;
}

}  // namespace

bool paired_lines::has_same_shape(std::size_t i) const {
    if (!became[i]) return false;
    const std::vector<token>& was = before[i].tokens;
    const std::vector<token>& is = after[*became[i]].tokens;
    if (was.size() != is.size()) return false;
    for (std::size_t t = 0; t < was.size(); ++t) {
        if (was[t].kind != is[t].kind) return false;
    }
    return true;
}

paired_lines pair_lines(const renamed_forms& forms, text_kind kind, std::string_view before, std::string_view after) {
    paired_lines lines{token_lines(kind, before), token_lines(kind, after), {}};
    const auto was = shapes_of(forms, lines.before);
    const auto is = shapes_of(forms, lines.after);
    lines.became.resize(was.size());
    for (const auto& [i, j] : common_items({was.begin(), was.end()}, {is.begin(), is.end()})) lines.became[i] = j;
    pair_moved(was, is, lines);
    return lines;
}

void name_evidence::learn(const renamed_forms& forms, const paired_lines& lines) {
    const auto note = [&](const std::vector<token_line>& side, std::set<std::string, std::less<>>& names) {
        for (const token_line& line : side) {
            for (const token& one : line.tokens) {
                if (is_named(one) && !names.contains(one.text) && forms.touches(one.text)) names.emplace(one.text);
            }
        }
    };
    note(lines.before, before_);
    note(lines.after, after_);
    for (std::size_t i = 0; i < lines.before.size(); ++i) {
        if (!lines.has_same_shape(i)) continue;
        const std::vector<token>& is = lines.after[*lines.became[i]].tokens;
        for (std::size_t t = 0; t < is.size(); ++t) {
            const token& was = lines.before[i].tokens[t];
            if (!is_named(was) || !before_.contains(was.text)) continue;
            for (const nearness how : every_nearness) outcomes_[key_of(was, how)].emplace(is[t].text);
        }
    }
}

std::set<std::string> name_evidence::outcomes(const token& one, nearness how) const {
    const auto found = outcomes_.find(key_of(one, how));
    return found == outcomes_.end() ? std::set<std::string>() : found->second;
}

}  // namespace tenon::gen
