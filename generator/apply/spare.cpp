// Sparing an entry: undo its creations, mark it, and leave it out of the records.
#include "generator/apply/spare.hpp"

#include <algorithm>
#include <set>

#include "generator/apply/apply.hpp"
#include "generator/apply/replace.hpp"
#include "generator/apply/undo.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view amended_path = ".tenon/local/amended";

/// Replaces a file of Tenon's own in one step.
outcome<void> replace_own(filesystem& project, const std::string& path, std::string_view content) {
    TRY(project.remove(amended_path));
    TRY(project.write(amended_path, content, {}));
    return project.rename(amended_path, path);
}

/// The staged content of one of Tenon's own files; nothing when it is not about to change.
outcome<std::optional<std::string>> staged(filesystem& project, const journal& j, std::string_view path) {
    const bool changes = std::any_of(j.changes.begin(), j.changes.end(), [&](const change& c) {
        return c.path == path && c.what == change::kind::write && !c.spared;
    });
    if (!changes) return std::optional<std::string>{};
    TRY_ASSIGN(auto file, project.read(temporary_path(path), max_file_bytes));
    return file ? std::optional<std::string>(std::move(file->content)) : std::nullopt;
}

/// The digest of the manifest as it will be.
outcome<digest> keep_manifest_lines(filesystem& project, const journal& j, const std::set<std::string>& paths) {
    TRY_ASSIGN(const auto text, staged(project, j, manifest_path));
    if (!text) return digest_on_disk(project, manifest_path);
    TRY_ASSIGN(manifest after, read_manifest(*text));
    TRY_ASSIGN(const known_manifest before, load_manifest(project));
    for (const std::string& path : paths) {
        const auto line = before.content.files.find(path);
        after.files.erase(path);
        if (line != before.content.files.end()) after.files.insert(*line);
    }
    const std::string amended = write_manifest(after);
    if (amended != *text) TRY(replace_own(project, temporary_path(manifest_path), amended));
    return sha256(amended);
}

/// Puts one text in the place of another, or takes it away.
void put_back(std::map<std::string, std::string>& texts, const std::map<std::string, std::string>& before,
              const std::string& name) {
    texts.erase(name);
    const auto was = before.find(name);
    if (was != before.end()) texts.insert(*was);
}

/// The last spec is what tells the names that the entry still has: kept with the spec itself, and with what has no
/// other base now, as seeded files.
bool needs_last_spec(const std::string& entry, const std::map<std::string, std::string>& before,
                     const std::map<std::string, std::string>& after) {
    const auto was = before.find(entry);
    const auto is = after.find(entry);
    if (entry == spec_path || was == before.end() || is == after.end()) {
        return entry == spec_path || (was == before.end() && is == after.end());
    }
    return was->second == is->second;
}

/// The digest of the bases as they will be.
outcome<digest> keep_bases(filesystem& project, const journal& j, const std::set<std::string>& entries,
                           const std::set<std::string>& paths) {
    TRY_ASSIGN(auto text, staged(project, j, bases_path));
    if (!text) return digest_on_disk(project, bases_path);
    TRY_ASSIGN(const base_texts next, read_bases(*text));
    TRY_ASSIGN(const base_texts known, load_bases(project));
    const std::map<std::string, std::string> before = known.texts();
    std::map<std::string, std::string> after = next.texts();
    const bool with_spec = std::any_of(entries.begin(), entries.end(),
                                       [&](const std::string& entry) { return needs_last_spec(entry, before, after); });
    for (const std::string& path : paths) {
        put_back(after, before, path);
        put_back(after, before, waiting_name(path));
    }
    if (with_spec) put_back(after, before, std::string(spec_path));
    const std::string amended = write_bases(after);
    if (amended != *text) TRY(replace_own(project, temporary_path(bases_path), amended));
    return sha256(amended);
}

outcome<void> keep_out_of_undo(filesystem& project, const journal& j, const std::set<std::string>& paths,
                               const digest& manifest_bytes, const digest& bases_bytes) {
    TRY_ASSIGN(const auto text, staged(project, j, undo_record_path));
    if (!text) return {};
    TRY_ASSIGN(undo_record r, read_undo_record(*text));
    std::erase_if(r.steps, [&](const undo_step& step) { return paths.contains(step.path); });
    for (undo_step& step : r.steps) {
        if (step.path == manifest_path) step.after = manifest_bytes;
        if (step.path == bases_path) step.after = bases_bytes;
    }
    return replace_own(project, temporary_path(undo_record_path), write_undo_record(r));
}

/// What is left of the plan is what was spared: it does not fit the disk any more, which is how it is found out.
outcome<void> keep_in_plan(filesystem& project, journal& j, const std::set<std::string>& entries,
                           const digest& manifest_bytes) {
    TRY_ASSIGN(auto saved, load_plan(project));
    if (!saved) return {};
    std::erase_if(saved->content.entries, [&](const plan_entry& e) { return !entries.contains(e.path); });
    if (!has_pending(saved->content)) return {};
    saved->content.manifest = manifest_bytes;
    TRY(replace_own(project, std::string(plan_path), write_plan(saved->content)));
    for (change& c : j.changes) {
        if (c.path == plan_path || c.path == applied_path) c.spared = true;
    }
    return {};
}

/// Where a folder on the way has become a link there is nothing of Tenon's to remove.
outcome<void> drop_staged(filesystem& project, const change& c) {
    auto removed = project.remove(temporary_path(c.path));
    if (!removed && removed.error().kind == failure_kind::refused) return {};
    TRY(std::move(removed));
    return c.path.starts_with(local_directory) ? outcome<void>{} : prune_directories(project, c.path);
}

}  // namespace

outcome<void> spare_entry(filesystem& project, journal& j, std::size_t index, std::vector<std::string>& kept) {
    const std::string entry = j.changes[index].entry();
    for (std::size_t i = 0; i < j.changes.size(); ++i) {
        change& c = j.changes[i];
        if (c.entry() != entry) continue;
        c.spared = true;
        const bool created = i < index && is_users_file(c.path) && c.what == change::kind::write && c.before == absent;
        if (!created) continue;
        const change back{change::kind::remove, c.path, c.after, absent};
        TRY_ASSIGN(const placed how, take_away(project, back, kept));
        if (how == placed::done) TRY(prune_directories(project, c.path));
    }
    TRY(project.remove(journal_draft_path));
    TRY(project.write(journal_draft_path, write_journal(j), {}));
    return project.rename(journal_draft_path, journal_committed_path);
}

outcome<void> keep_records_of_spared(filesystem& project, journal& j) {
    std::set<std::string> entries, paths;
    for (const change& c : j.changes) {
        if (!c.spared) continue;
        entries.insert(c.entry());
        paths.insert({c.entry(), c.path});
    }
    if (entries.empty()) return {};
    TRY_ASSIGN(const digest manifest_bytes, keep_manifest_lines(project, j, paths));
    TRY_ASSIGN(const digest bases_bytes, keep_bases(project, j, entries, paths));
    TRY(keep_out_of_undo(project, j, paths, manifest_bytes, bases_bytes));
    TRY(keep_in_plan(project, j, entries, manifest_bytes));
    for (const change& c : j.changes) {
        if (c.spared) TRY(drop_staged(project, c));
    }
    return {};
}

}  // namespace tenon::gen
