// Reads the sides of every open conflict.
#include "generator/settle/open_conflicts.hpp"

#include <algorithm>

#include "generator/apply/apply.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

outcome<std::optional<std::string>> text_at(filesystem& project, const std::string& path) {
    TRY_ASSIGN(auto file, project.read(path, max_file_bytes));
    return file ? std::optional(std::move(file->content)) : std::nullopt;
}

outcome<std::optional<waiting_conflict>> conflict_at(const std::string& path, const std::string& beside,
                                                     const base_texts& bases, filesystem& project) {
    waiting_conflict one;
    one.path = path;
    one.beside = beside;
    TRY_ASSIGN(auto theirs, text_at(project, beside));
    if (!theirs) return std::optional<waiting_conflict>();
    one.theirs = std::move(*theirs);
    one.written = bases.find(waiting_name(path)).value_or(one.theirs);
    one.base = bases.find(path);
    TRY_ASSIGN(one.mine, text_at(project, path));
    const auto view = [](const std::optional<std::string>& text) { return text ? std::string_view(*text) : ""; };
    TRY_ASSIGN(one.merged, merge_files(path, {view(one.base), view(one.mine), one.theirs}));
    return std::optional(std::move(one));
}

outcome<void> check_patterns(const std::vector<waiting_conflict>& found, const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) {
        const bool hit = std::any_of(found.begin(), found.end(),
                                     [&](const waiting_conflict& one) { return matches_glob(pattern, one.path); });
        if (hit) continue;
        return failure{failure_kind::refused, "'" + pattern + "' is in no open conflict",
                       "`tenon resolve DIR` lists those that are"};
    }
    return {};
}

}  // namespace

outcome<std::vector<waiting_conflict>> open_conflicts(const known_manifest& known, filesystem& project,
                                                      const std::vector<std::string>& patterns) {
    std::vector<waiting_conflict> all;
    for (const auto& [name, entry] : known.content.files) {
        const std::string& path = name;  // clang 14 lets no lambda see a structured binding
        const bool wanted = patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
                                return matches_glob(pattern, path);
                            });
        if (entry.conflict.empty() || !wanted) continue;
        TRY_ASSIGN(auto one, conflict_at(path, entry.conflict, known.bases, project));
        if (one) all.push_back(std::move(*one));
    }
    TRY(check_patterns(all, patterns));
    return all;
}

outcome<std::vector<waiting_conflict>> ended_conflicts(const known_manifest& known, filesystem& project) {
    std::vector<waiting_conflict> all;
    TRY_ASSIGN(const auto paths, settled_by_hand(known, project));
    for (const std::string& path : paths) {
        auto written = known.bases.find(waiting_name(path));
        if (!written) continue;
        waiting_conflict one;
        one.path = path;
        one.beside = known.content.files.at(path).conflict;
        one.theirs = one.written = std::move(*written);
        TRY_ASSIGN(one.mine, text_at(project, path));
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace tenon::gen
