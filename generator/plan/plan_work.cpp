// What judging paths and moves share: looking at a path, names that change, and a place beside a file.
#include "generator/plan/judge_path.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {

outcome<sight> look(filesystem& project, std::string_view path) {
    auto file = project.read(path, max_file_bytes);
    if (file && *file) return sight{std::move(*file)};
    if (!file) {
        if (file.error().kind == failure_kind::refused) return sight{std::nullopt, true};
        TRY_ASSIGN(const node_info info, project.inspect(path));
        if (info.kind == node_kind::file || info.kind == node_kind::absent) return std::move(file).error();
        return sight{std::nullopt, true};
    }
    // The nearest thing on the way up decides.
    for (std::string_view at = directory_of(path); !at.empty(); at = directory_of(at)) {
        TRY_ASSIGN(const node_info info, project.inspect(at));
        if (info.kind != node_kind::absent) return sight{std::nullopt, false, info.kind != node_kind::directory};
    }
    return sight{};
}

outcome<const product_names*> names_of(plan_work& work) {
    if (work.names) return &*work.names;
    work.names.emplace(work.files.renames, work.files.tables);
    for (const auto& [path, file] : work.files.files) {
        if (!path.ends_with("pp")) continue;
        if (file.owner == owner_class::vendored) work.names->learn(path, file.subject, file.content, file.content);
        if (!keeps_base(file.owner)) continue;
        auto base = work.bases.find(path);
        if (!base && !file.former.empty()) base = work.bases.find(file.former);
        if (base) work.names->learn(path, file.subject, *base, file.content);
    }
    return &*work.names;
}

std::vector<conflict_hunk> hunks_of(const std::vector<undecided_name>& names) {
    std::vector<conflict_hunk> hunks;
    for (const undecided_name& one : names) hunks.push_back({one.line, {}, one.text + "\n", one.other + "\n"});
    return hunks;
}

outcome<beside_file> free_place(filesystem& project, std::string_view path, const digest& content) {
    for (int number = 1;; ++number) {
        beside_file place{beside_path(path, number), absent, content};
        TRY_ASSIGN(const sight there, look(project, place.path));
        place.before = there.file ? sha256(there.file->content) : absent;
        if (!there.not_a_file && (place.before == absent || place.before == content)) return place;
    }
}

}  // namespace tenon::gen
