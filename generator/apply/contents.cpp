// Looking up content by digest.
#include "generator/apply/contents.hpp"

#include "generator/plan/manifest.hpp"

namespace tenon::gen {
namespace {

failure not_found(const digest& wanted) {
    return {failure_kind::malformed, "the content " + wanted + " that the plan needs is not in .tenon/local/stage/",
            "run `tenon generate` again"};
}

}  // namespace

tree_contents::tree_contents(const plan& p, const tree& t) {
    for (const auto& [name, text] : p.contents) known_.emplace(name, &text);
    for (const plan_entry& e : p.entries) {
        const auto file = t.files.find(e.path);
        if (file != t.files.end() && is_pending(e)) known_.emplace(sha256(file->second.content), &file->second.content);
    }
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

void project_contents::add_bases(const base_texts& bases, const std::string& path) {
    for (const std::string& name : {path, waiting_name(path)}) {
        for (std::string& text : bases.all(name)) add(std::move(text));
    }
}

project_contents::project_contents(filesystem& project, const base_texts& bases, const std::vector<plan_entry>& entries)
    : project_(project) {
    for (const plan_entry& e : entries) {
        if (!is_pending(e) && !needs_attention(e)) continue;
        places_.emplace(e.before, e.path);
        add_bases(bases, e.path);
        if (e.beside) places_.emplace(e.beside->before, e.beside->path);
        if (!e.from) continue;
        places_.emplace(e.from->before, e.from->path);
        add_bases(bases, e.from->path);
    }
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
        const auto [begin, end] = places_.equal_range(wanted);
        for (auto place = begin; place != end; ++place) {
            TRY_ASSIGN(auto found, project_.read(place->second, max_file_bytes));
            if (found && sha256(found->content) == wanted) return std::move(found->content);
        }
        return not_found(wanted);
    };
}

}  // namespace tenon::gen
