// Looking up content by digest.
#include "generator/apply/contents.hpp"

#include "generator/apply/base_store.hpp"

namespace tenon::gen {
namespace {

failure not_found(const digest& wanted) {
    return {failure_kind::malformed, "the content " + wanted + " that the plan needs is not in .tenon/stage/",
            "run `tenon generate` again"};
}

}  // namespace

tree_contents::tree_contents(const tree& t) {
    for (const auto& [path, file] : t.files) known_.emplace(sha256(file.content), &file.content);
}

digest tree_contents::add(std::string text) {
    const digest name = sha256(text);
    const auto at = own_.insert_or_assign(name, std::move(text)).first;
    known_.insert_or_assign(name, &at->second);
    return name;
}

std::string_view tree_contents::at(const digest& wanted) const {
    return *known_.at(wanted);
}

content_source tree_contents::source() const {
    return [this](const digest& wanted) -> outcome<std::string> {
        const auto found = known_.find(wanted);
        if (found == known_.end()) return not_found(wanted);
        return *found->second;
    };
}

project_contents::project_contents(filesystem& project, const plan& p, const manifest& m) : project_(project) {
    for (const plan_entry& e : p.entries) {
        if (e.reason == plan_reason::caught_up) places_.emplace(e.before, e.path);
    }
    for (const auto& [path, content] : base_copies(m)) places_.emplace(content, path);
}

digest project_contents::add(std::string text) {
    const digest name = sha256(text);
    own_.insert_or_assign(name, std::move(text));
    return name;
}

content_source project_contents::source() const {
    return [this](const digest& wanted) -> outcome<std::string> {
        if (const auto own = own_.find(wanted); own != own_.end()) return own->second;
        TRY_ASSIGN(auto staged, project_.read(std::string(stage_directory) + wanted, max_file_bytes));
        if (staged) return std::move(staged->content);
        const auto place = places_.find(wanted);
        if (place == places_.end()) return not_found(wanted);
        TRY_ASSIGN(auto found, project_.read(place->second, max_file_bytes));
        if (!found) return not_found(wanted);
        return std::move(found->content);
    };
}

}  // namespace tenon::gen
