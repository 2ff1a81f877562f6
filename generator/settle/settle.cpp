// The change set that ends conflicts.
#include "generator/settle/settle.hpp"

#include "generator/apply/apply.hpp"
#include "generator/apply/base_store.hpp"
#include "generator/apply/contents.hpp"
#include "generator/apply/undo.hpp"

namespace tenon::gen {
namespace {

/// What conflicts.json still has to say.
outcome<std::string> conflicts_left(const known_manifest& known, filesystem& project,
                                    const std::vector<decided_conflict>& decided) {
    std::vector<plan_entry> entries;
    TRY_ASSIGN(const auto open, open_conflicts(known, project, {}));
    for (const waiting_conflict& one : open) {
        bool is_decided = false;
        for (const decided_conflict& other : decided) is_decided = is_decided || other.about->path == one.path;
        if (is_decided) continue;
        plan_entry entry;
        entry.path = one.path;
        entry.action = plan_action::keep;
        entry.reason = plan_reason::conflict_open;
        entry.before = entry.after = one.mine ? sha256(*one.mine) : absent;
        if (one.base) entry.base = sha256(*one.base);
        entry.beside = beside_file{one.beside, sha256(one.theirs), sha256(one.theirs)};
        entry.hunks = one.merged.conflicts;
        entries.push_back(std::move(entry));
    }
    TRY_ASSIGN(const auto saved, load_plan(project));
    if (!saved) return write_conflicts(entries);
    for (const plan_entry& entry : saved->content.entries) {
        if (entry.action == plan_action::error) entries.push_back(entry);
    }
    return write_conflicts(entries);
}

}  // namespace

outcome<std::string> take_side(const waiting_conflict& one, side wanted) {
    if (wanted == side::theirs) return one.theirs;
    if (wanted == side::merged && !one.merged.conflicts.empty()) {
        std::string lines;
        for (const conflict_hunk& hunk : one.merged.conflicts) {
            lines += (lines.empty() ? "" : ", ") + std::to_string(hunk.line);
        }
        return failure{failure_kind::refused,
                       one.path + " does not merge cleanly: both sides changed the same at line " + lines,
                       "make the two sides agree there (edit the file or " + one.beside + "), or take mine or theirs"};
    }
    if (wanted == side::merged) return one.merged.text;
    if (one.mine) return *one.mine;
    return failure{failure_kind::refused, one.path + " is deleted: there is no side of yours to take",
                   "take theirs, or delete " + one.beside + " too"};
}

outcome<void> settle_conflicts(const std::vector<decided_conflict>& decided, filesystem& project) {
    TRY_ASSIGN(known_manifest known, load_manifest(project));
    TRY_ASSIGN(const std::string left, conflicts_left(known, project, decided));
    project_contents contents(project, {}, {});
    std::map<std::string, std::string> bases = known.bases.texts();
    std::vector<change> changes;
    for (const decided_conflict& one : decided) {
        const std::string& path = one.about->path;
        const std::size_t first = changes.size();
        TRY(want_content(changes, project, path, one.text ? contents.add(*one.text) : absent));
        TRY(want_content(changes, project, one.about->beside, absent));
        for (std::size_t i = first; i < changes.size(); ++i) changes[i].of = path;
        manifest_entry& line = known.content.files[path];
        if (keeps_base(line.owner)) bases[path] = one.about->written;
        if (line.owner == owner_class::vendored) line.digests = {sha256(one.about->written)};
        bases.erase(waiting_name(path));
        line.conflict.clear();
        line.deleted = !one.text;
    }
    TRY(want_bases(changes, project, known.bases, contents.add(write_bases(bases))));
    TRY(want_content(changes, project, conflicts_path, left.empty() ? absent : contents.add(left)));
    TRY(want_content(changes, project, manifest_path, contents.add(write_manifest(known.content))));
    TRY(keep_for_undo(changes, project, contents));
    TRY_ASSIGN(const left_alone saved, commit_changes(project, changes, contents.source()));
    if (saved.paths.empty()) return {};
    std::string paths;
    for (const std::string& path : saved.paths) paths += "\n  " + path;
    return failure{failure_kind::stale, "saved while the conflicts were settled, and left alone:" + paths,
                   "look at them, and run the command again"};
}

}  // namespace tenon::gen
