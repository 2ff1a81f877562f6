// Evidence of the whole product, and of each entity.
#include "generator/rename/product_names.hpp"

#include <algorithm>

namespace tenon::gen {

product_names::product_names(const std::vector<renamed_word>& renames) : renames_(renames), forms_(renames) {}

void product_names::learn(std::string_view path, std::string_view subject, std::string_view before,
                          std::string_view after) {
    const text_kind kind = text_kind_of(path);
    if (kind != text_kind::cpp) return;
    const paired_lines lines = pair_lines(forms_, kind, before, after);
    all_.learn(forms_, lines);
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

}  // namespace tenon::gen
