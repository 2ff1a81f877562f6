// Finding regions, folding them away, and putting them back.
#include "generator/merge/regions.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace tenon::gen {
namespace {

using region_map = std::map<std::string, region, std::less<>>;

constexpr std::string_view begin_words = "tenon:begin custom ";
constexpr std::string_view end_words = "tenon:end custom ";

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool has_word(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return is_name_character(c) && c != '-'; });
}

/// The name on a marker's line: nothing but comment signs may stand around the marker.
std::optional<std::string> name_on(std::string_view line, std::string_view words) {
    const auto at = line.find(words);
    if (at == std::string_view::npos || has_word(line.substr(0, at))) return std::nullopt;
    const std::string_view rest = line.substr(at + words.size());
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
    std::string name(rest.begin(), end);
    // "-->" may follow without a space.
    while (name.ends_with('-')) name.pop_back();
    if (name.empty() || has_word(rest.substr(name.size()))) return std::nullopt;
    return name;
}

struct marker {
    std::string name;
    bool begins = false;
    std::size_t start = 0;  // Of its line.
    std::size_t end = 0;    // Past its newline.
};

std::vector<marker> find_markers(std::string_view text) {
    std::vector<marker> found;
    if (text.find(begin_words) == std::string_view::npos) return found;
    for (std::size_t start = 0; start < text.size();) {
        const auto newline = text.find('\n', start);
        const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
        const std::string_view line = text.substr(start, end - start);
        if (auto name = name_on(line, begin_words)) found.push_back({std::move(*name), true, start, end});
        if (auto name = name_on(line, end_words)) found.push_back({std::move(*name), false, start, end});
        start = end;
    }
    return found;
}

/// A text that occurs in none of the sides, to build the lines from that stand for regions.
std::string unused_word(const three_texts& sides) {
    std::string word = "tenon-region";
    const auto taken = [&](std::string_view text) { return text.find(word) != std::string_view::npos; };
    while (taken(sides.base) || taken(sides.mine) || taken(sides.theirs)) word += "-x";
    return word;
}

const region* find_in(const region_map& regions, std::string_view name) {
    const auto found = regions.find(name);
    return found == regions.end() ? nullptr : &found->second;
}

std::string text_of(const region* r) {
    return r ? std::string(r->begin) + std::string(r->body) + std::string(r->end) : std::string();
}

/// What mine did not touch follows theirs, the markers' comment signs as well as a default content.
std::string chosen_text(const region* base, const region& mine, const region& theirs) {
    const auto part = [&](std::string_view region::*member) {
        const bool untouched = base != nullptr && base->*member == mine.*member;
        return std::string(untouched ? theirs.*member : mine.*member);
    };
    return part(&region::begin) + part(&region::body) + part(&region::end);
}

std::size_t count_lines(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool mentions(const std::vector<marker>& markers, std::string_view name) {
    return std::any_of(markers.begin(), markers.end(), [&](const marker& m) { return m.name == name; });
}

}  // namespace

std::map<std::string, region, std::less<>> find_regions(std::string_view text) {
    const std::vector<marker> markers = find_markers(text);
    region_map regions;
    std::map<std::string, int> seen;
    for (const marker& m : markers) ++seen[m.name];
    for (std::size_t i = 0; i + 1 < markers.size(); ++i) {
        const marker& from = markers[i];
        const marker& to = markers[i + 1];
        if (!from.begins || to.begins || from.name != to.name || seen[from.name] != 2) continue;
        regions.emplace(from.name, region{text.substr(from.start, from.end - from.start),
                                          text.substr(from.end, to.start - from.end),
                                          text.substr(to.start, to.end - to.start), from.start});
    }
    return regions;
}

folded_regions::folded_regions(const three_texts& sides) {
    const region_map base = find_regions(sides.base);
    const region_map mine = find_regions(sides.mine);
    const region_map theirs = find_regions(sides.theirs);
    const std::vector<marker> base_markers = find_markers(sides.base);
    const std::string word = unused_word(sides);
    for (const auto& [name, own] : mine) {
        const region* next = find_in(theirs, name);
        const region* last = find_in(base, name);
        const bool broken_in_base = last == nullptr && mentions(base_markers, name);
        const bool open =
            !own.end.ends_with('\n') || (next && !next->end.ends_with('\n')) || (last && !last->end.ends_with('\n'));
        if (next == nullptr || broken_in_base || open) continue;
        names_[name] = {"# " + word + " " + name + "\n", chosen_text(last, own, *next), text_of(last), text_of(&own),
                        text_of(next)};
    }
    base_ = folded(sides.base, base);
    mine_ = folded(sides.mine, mine);
    theirs_ = folded(sides.theirs, theirs);
}

std::string folded_regions::folded(std::string_view text, const region_map& regions) const {
    std::map<std::size_t, std::pair<std::size_t, const choice*>> places;
    for (const auto& [name, r] : regions) {
        if (const auto known = names_.find(name); known != names_.end()) places[r.offset] = {r.size(), &known->second};
    }
    std::string out;
    std::size_t from = 0;
    for (const auto& [offset, place] : places) {
        out.append(text.substr(from, offset - from)).append(place.second->line);
        from = offset + place.first;
    }
    return out.append(text.substr(from));
}

std::string folded_regions::unfolded(std::string text, std::string choice::*side) const {
    for (const auto& [name, known] : names_) {
        for (auto at = text.find(known.line); at != std::string::npos;) {
            text.replace(at, known.line.size(), known.*side);
            at = text.find(known.line, at + (known.*side).size());
        }
    }
    return text;
}

std::size_t folded_regions::real_line(std::size_t line) const {
    std::size_t start = 0;
    for (std::size_t i = 1; i < line && start < mine_.size(); ++i) {
        const auto end = mine_.find('\n', start);
        start = end == std::string::npos ? mine_.size() : end + 1;
    }
    const std::string above = mine_.substr(0, start);
    return line + count_lines(unfolded(above, &choice::mine)) - count_lines(above);
}

bool folded_regions::unfold(merged_text& merged) const {
    if (merged.conflicts.empty()) {
        for (const auto& [name, known] : names_) {
            const auto at = merged.text.find(known.line);
            if (at == std::string::npos || merged.text.find(known.line, at + 1) != std::string::npos) return false;
        }
    }
    merged.text = unfolded(std::move(merged.text), &choice::merged);
    for (conflict_hunk& hunk : merged.conflicts) {
        hunk.line = real_line(hunk.line);
        hunk.base = unfolded(std::move(hunk.base), &choice::base);
        hunk.mine = unfolded(std::move(hunk.mine), &choice::mine);
        hunk.theirs = unfolded(std::move(hunk.theirs), &choice::theirs);
    }
    return true;
}

bool keeps_edited_regions(std::string_view text, const three_texts& sides) {
    const region_map base = find_regions(sides.base);
    for (const auto& [name, own] : find_regions(sides.mine)) {
        const region* last = find_in(base, name);
        if (last != nullptr && last->body == own.body) continue;
        if (text.find(own.body) == std::string_view::npos) return false;
    }
    return true;
}

}  // namespace tenon::gen
