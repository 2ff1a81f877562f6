// Evidence of the whole product, and of each entity.
#include "generator/rename/product_names.hpp"

#include <algorithm>

namespace tenon::gen {

product_names::product_names(const std::vector<renamed_word>& renames, std::vector<renamed_table> tables)
    : renames_(renames), forms_(renames), tables_(std::move(tables)) {}

void product_names::learn(std::string_view path, std::string_view subject, std::string_view before,
                          std::string_view after) {
    const text_kind kind = text_kind_of(path);
    if (kind != text_kind::cpp) return;
    const paired_lines lines = pair_lines(forms_, kind, before, after);
    // The runtime's copy has words of its own, which no rename changes.
    if (!path.starts_with("third_party/")) all_.learn(forms_, lines);
    for (const auto* side : {&lines.before, &lines.after}) {
        for (const token_line& line : *side) {
            for (const token& one : line.tokens) {
                const bool is_name = one.kind == token_kind::name || one.kind == token_kind::sql;
                if (is_name && !generated_.contains(one.text)) generated_.emplace(one.text);
            }
        }
    }
    if (!subject.empty()) by_subject_[std::string(subject)].learn(forms_, lines);
}

const name_evidence* product_names::of_subject(std::string_view subject) const {
    const auto found = by_subject_.find(subject);
    return found == by_subject_.end() ? nullptr : &found->second;
}

const name_evidence* product_names::of_name(std::string_view name) const {
    const name_evidence* best = nullptr;
    std::size_t longest = 0;
    const auto consider = [&](std::string_view word, const name_evidence& about) {
        if (word.size() <= longest || !has_part(name, word)) return;
        best = &about;
        longest = word.size();
    };
    for (const auto& [subject, about] : by_subject_) {
        consider(subject, about);
        for (const auto& [was, is] : renames_) {
            if (is == subject) consider(was, about);
        }
    }
    return best;
}

bool product_names::is_generated(std::string_view name) const {
    if (generated_.contains(name) || by_subject_.contains(name)) return true;
    return std::any_of(renames_.begin(), renames_.end(),
                       [&](const renamed_word& one) { return one.first == name && by_subject_.contains(one.second); });
}

const renamed_table* product_names::table(std::string_view was) const {
    const auto found =
        std::find_if(tables_.begin(), tables_.end(), [&](const renamed_table& one) { return one.was == was; });
    return found == tables_.end() ? nullptr : &*found;
}

}  // namespace tenon::gen
