// Merging trees of entries: which stay, in which order, and how each looks.
#include "generator/merge/entries.hpp"

#include <algorithm>
#include <set>

#include "generator/merge/text_merge.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string_view stripped(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

const entry* find(const std::vector<entry>& entries, const std::string& key) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const entry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

/// Three versions of a piece of text. White space alone is no change worth a conflict: mine is kept.
std::optional<std::string> merge_piece(const std::string* base, const std::string& mine, const std::string& theirs) {
    if (mine == theirs || stripped(mine) == stripped(theirs)) return mine;
    if (base == nullptr) return std::nullopt;
    if (stripped(*base) == stripped(theirs)) return mine;
    if (stripped(*base) == stripped(mine)) return theirs;
    const auto merged = merge_lines({*base, mine, theirs});
    if (!merged || !merged->conflicts.empty()) return std::nullopt;
    return merged->text;
}

/// The same entry, whatever white space and comments stand above it.
bool same_content(const entry& a, const entry& b) {
    return a.head == b.head && a.children == b.children && a.tail == b.tail;
}

/// Whether nobody would miss what `mine` has if it went: nothing was written into it or above it since base.
bool untouched(const entry& base, const entry& mine) {
    return same_content(base, mine) && stripped(base.before) == stripped(mine.before);
}

using keys = std::vector<std::string>;

keys keys_of(const std::vector<entry>& entries) {
    keys all;
    for (const entry& e : entries) all.push_back(e.key);
    return all;
}

keys those_in(const keys& from, const std::set<std::string>& wanted) {
    keys out;
    std::copy_if(from.begin(), from.end(), std::back_inserter(out), [&](const auto& k) { return wanted.contains(k); });
    return out;
}

/// Puts each of `more` that is wanted behind the one that stands before it there.
void insert_missing(keys& into, const keys& more, const std::set<std::string>& wanted) {
    auto place = into.begin();
    for (const std::string& key : more) {
        if (const auto there = std::find(into.begin(), into.end(), key); there != into.end()) {
            place = there + 1;
        } else if (wanted.contains(key)) {
            place = into.insert(place, key) + 1;
        }
    }
}

struct children_merge {
    const std::vector<entry>& base;
    const std::vector<entry>& mine;
    const std::vector<entry>& theirs;

    std::optional<std::vector<entry>> run() const {
        if (may_have_replaced_one()) return std::nullopt;
        std::vector<entry> kept;
        for (const std::string& key : all_keys()) {
            bool sure = true;
            if (auto one = decide(key, sure)) kept.push_back(std::move(*one));
            if (!sure) return std::nullopt;
        }
        return ordered(std::move(kept));
    }

  private:
    /// An entry that is gone on both sides while new ones came: perhaps both gave it another value, not two more.
    bool may_have_replaced_one() const {
        const auto gone = [&](const entry& e) { return !find(mine, e.key) && !find(theirs, e.key); };
        const auto added = [&](const entry& e) { return !find(base, e.key); };
        return std::any_of(base.begin(), base.end(), gone) &&
               (std::any_of(mine.begin(), mine.end(), added) || std::any_of(theirs.begin(), theirs.end(), added));
    }

    keys all_keys() const {
        keys all = keys_of(mine);
        for (const entry& e : theirs) {
            if (find(mine, e.key) == nullptr) all.push_back(e.key);
        }
        return all;
    }

    /// The entry that is to stay, if any; `sure` is false when a person has to decide.
    std::optional<entry> decide(const std::string& key, bool& sure) const {
        const entry* b = find(base, key);
        const entry* m = find(mine, key);
        const entry* t = find(theirs, key);
        if (m != nullptr && t != nullptr) {
            auto merged = merge_entries(b, *m, *t);
            sure = merged.has_value();
            return merged;
        }
        if (b == nullptr) return m != nullptr ? *m : adopted(*t);
        sure = untouched(*b, m != nullptr ? *m : *t);
        return std::nullopt;
    }

    /// A new entry of theirs, set apart from its neighbours as those of mine are.
    entry adopted(entry e) const {
        const entry* sibling = mine.empty() ? nullptr : &mine.back();
        if (sibling != nullptr && is_blank(e.before) && is_blank(sibling->before)) e.before = sibling->before;
        return e;
    }

    std::optional<std::vector<entry>> ordered(std::vector<entry> kept) const {
        std::set<std::string> wanted;
        std::set<std::string> shared;
        for (const entry& e : kept) {
            wanted.insert(e.key);
            if (find(mine, e.key) != nullptr && find(theirs, e.key) != nullptr) shared.insert(e.key);
        }
        const keys in_mine = those_in(keys_of(mine), shared);
        const keys in_theirs = those_in(keys_of(theirs), shared);
        const keys in_base = those_in(keys_of(base), shared);
        const bool follow_theirs = in_mine != in_theirs && in_base == in_mine;
        if (in_mine != in_theirs && !follow_theirs && in_base != in_theirs) return std::nullopt;
        keys order = those_in(keys_of(follow_theirs ? theirs : mine), wanted);
        insert_missing(order, keys_of(follow_theirs ? mine : theirs), wanted);
        std::vector<entry> out;
        for (const std::string& key : order) out.push_back(*find(kept, key));
        return out;
    }
};

std::optional<entry> merge_containers(const entry* base, const entry& mine, const entry& theirs) {
    static const entry nothing;
    const auto part = [&](std::string entry::*member) {
        return merge_piece(base ? &(base->*member) : nullptr, mine.*member, theirs.*member);
    };
    auto before = part(&entry::before);
    auto head = part(&entry::head);
    auto tail = part(&entry::tail);
    auto children = children_merge{base ? base->children : nothing.children, mine.children, theirs.children}.run();
    if (!before || !head || !tail || !children) return std::nullopt;
    // The first of several entries brings its own way to close: "{}" has none for a list over several lines.
    if (mine.children.empty() && !theirs.children.empty()) tail = theirs.tail;
    return entry{mine.key, std::move(*before), std::move(*head), std::move(*children), std::move(*tail), true};
}

}  // namespace

std::string text_of(const entry& e, std::string_view separator) {
    std::string out = e.before + e.head;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
        if (i > 0) out += separator;
        out += text_of(e.children[i], separator);
    }
    return out + e.tail;
}

bool has_unique_keys(const std::vector<entry>& siblings) {
    std::set<std::string_view> seen;
    return std::all_of(siblings.begin(), siblings.end(),
                       [&](const entry& e) { return !e.key.empty() && seen.insert(e.key).second; });
}

void close_container(entry& e, std::string_view separator) {
    std::string before = std::move(e.before);
    e.before.clear();
    e.head = text_of(e, separator);
    e.before = std::move(before);
    e.children.clear();
    e.tail.clear();
    e.container = false;
}

std::optional<entry> merge_entries(const entry* base, const entry& mine, const entry& theirs) {
    if (mine.container && theirs.container && (base == nullptr || base->container)) {
        return merge_containers(base, mine, theirs);
    }
    auto before = merge_piece(base ? &base->before : nullptr, mine.before, theirs.before);
    if (!before) return std::nullopt;
    entry out = mine;
    if (base != nullptr && same_content(*base, mine)) {
        out = theirs;
    } else if (!same_content(mine, theirs) && (base == nullptr || !same_content(*base, theirs))) {
        if (base == nullptr || mine.container || theirs.container || base->container) return std::nullopt;
        auto head = merge_piece(&base->head, mine.head, theirs.head);
        if (!head) return std::nullopt;
        out.head = std::move(*head);
    }
    out.before = std::move(*before);
    return out;
}

bool keeps_added_entries(const entry& base, const entry& mine, const entry& merged) {
    return std::all_of(mine.children.begin(), mine.children.end(), [&](const entry& own) {
        const entry* last = find(base.children, own.key);
        const entry* now = find(merged.children, own.key);
        if (now == nullptr) return last != nullptr;
        return keeps_added_entries(last ? *last : entry{}, own, *now);
    });
}

}  // namespace tenon::gen
