// The change set's protocol; see the header for its five steps.
#include "generator/apply/changes.hpp"

#include <algorithm>
#include <set>

#include "generator/apply/journal.hpp"
#include "generator/apply/replace.hpp"
#include "generator/apply/spare.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

/// Directories that writing `changes` has to make, parents first.
outcome<std::vector<std::string>> missing_directories(filesystem& project, const std::vector<change>& changes) {
    std::set<std::string, std::less<>> seen;
    std::vector<std::string> missing;
    for (const change& c : changes) {
        if (c.what != change::kind::write) continue;
        for (std::size_t end = c.path.find('/'); end != std::string::npos; end = c.path.find('/', end + 1)) {
            const std::string_view directory = std::string_view(c.path).substr(0, end);
            if (seen.contains(directory)) continue;
            seen.emplace(directory);
            TRY_ASSIGN(const node_info info, project.inspect(directory));
            if (info.kind == node_kind::absent) missing.emplace_back(directory);
        }
    }
    std::sort(missing.begin(), missing.end());
    return missing;
}

/// The permissions of a file that is there already, once the change is done.
outcome<mode_t> wanted_permissions(filesystem& project, const change& c) {
    if (c.permissions) return *c.permissions;
    TRY_ASSIGN(const node_info info, project.inspect(c.path));
    return c.executable ? with_executable(info.permissions, *c.executable) : info.permissions;
}

outcome<void> write_temporary(filesystem& project, const change& c, const content_source& contents) {
    TRY_ASSIGN(const std::string content, contents(c.after));
    if (sha256(content) != c.after) {
        return failure{failure_kind::malformed, "the content kept for '" + c.path + "' is not what the plan says",
                       "run `tenon generate` again"};
    }
    write_mode mode{c.executable.value_or(false), std::nullopt};
    if (c.permissions) {
        mode.permissions = c.permissions;
    } else if (c.before != absent) {
        TRY_ASSIGN(mode.permissions, wanted_permissions(project, c));
    }
    const std::string path = temporary_path(c.path);
    if (project.write(path, content, mode)) return {};
    // The name is Tenon's alone: what is there was left by a loss of power that also took the journal.
    TRY(project.remove(path));
    return project.write(path, content, mode);
}

/// The names that the user's files pass through are Tenon's alone; a loss of power may have left something there.
outcome<void> clear_scratch(filesystem& project, const change& c) {
    if (!is_users_file(c.path) || c.what == change::kind::set_mode) return {};
    const std::string scratch = c.what == change::kind::write ? aside_path(c.path) : temporary_path(c.path);
    TRY_ASSIGN(const node_info there, project.inspect(scratch));
    return there.kind == node_kind::absent ? outcome<void>{} : project.remove(scratch);
}

outcome<void> prepare(filesystem& project, const journal& j, const content_source& contents) {
    for (const std::string& directory : j.new_directories) {
        TRY(project.make_directories(directory));
    }
    for (const change& c : j.changes) {
        TRY(clear_scratch(project, c));
        if (c.what != change::kind::write) continue;
        TRY(write_temporary(project, c, contents));
    }
    return project.barrier();
}

outcome<void> undo(filesystem& project, const journal& j) {
    for (const change& c : j.changes) {
        if (c.what != change::kind::write) continue;
        TRY(project.remove(temporary_path(c.path)));
    }
    for (auto at = j.new_directories.rbegin(); at != j.new_directories.rend(); ++at) {
        TRY(project.remove_directory(*at));
    }
    // Last: killed before, the next run still knows which folders to remove.
    return project.remove(journal_prepared_path);
}

/// One of Tenon's own files. It may have been done already in a run that was killed.
outcome<void> perform_own(filesystem& project, const change& c) {
    if (c.what == change::kind::write) {
        TRY_ASSIGN(const node_info waiting, project.inspect(temporary_path(c.path)));
        return waiting.kind == node_kind::absent ? outcome<void>{} : project.rename(temporary_path(c.path), c.path);
    }
    if (c.what == change::kind::set_mode) {
        TRY_ASSIGN(const mode_t wanted, wanted_permissions(project, c));
        return project.set_permissions(c.path, wanted);
    }
    TRY(project.remove(c.path));
    return prune_directories(project, c.path);
}

outcome<placed> perform_users(filesystem& project, const change& c, bool again, left_alone& saved) {
    if (c.what == change::kind::write) return put_in_place(project, c, again, saved.kept);
    if (c.what == change::kind::remove) {
        TRY_ASSIGN(const placed how, take_away(project, c, saved.kept));
        if (how == placed::done) TRY(prune_directories(project, c.path));
        return how;
    }
    TRY_ASSIGN(const digest now, digest_on_disk(project, c.path));
    if (now != c.before) return placed::changed;
    TRY_ASSIGN(const mode_t wanted, wanted_permissions(project, c));
    const auto set = project.set_permissions(c.path, wanted);
    if (set) return placed::done;
    TRY_ASSIGN(const digest since, digest_on_disk(project, c.path));
    return since == c.before ? outcome<placed>(set.error()) : placed::changed;
}

outcome<void> perform_all_users(filesystem& project, journal& j, bool again, left_alone& saved) {
    for (std::size_t i = 0; i < j.changes.size(); ++i) {
        const change& c = j.changes[i];
        if (!is_users_file(c.path)) continue;
        if (c.spared) {
            if (c.path == c.entry()) saved.paths.push_back(c.path);
            continue;
        }
        TRY_ASSIGN(const placed how, perform_users(project, c, again, saved));
        if (how == placed::done) continue;
        saved.paths.push_back(c.path);
        TRY(spare_entry(project, j, i, saved.kept));
    }
    return {};
}

outcome<left_alone> finish(filesystem& project, journal& j, bool again) {
    left_alone saved;
    TRY(perform_all_users(project, j, again, saved));
    TRY(keep_records_of_spared(project, j));
    for (const change& c : j.changes) {
        if (&c == &j.changes.back()) {
            TRY(project.barrier());
        }
        if (!c.spared && !is_users_file(c.path)) TRY(perform_own(project, c));
    }
    TRY(project.remove(journal_committed_path));
    return saved;
}

/// The journal's directory. What is in it is nobody's business in version control.
outcome<void> make_local_directory(filesystem& project) {
    TRY_ASSIGN(const node_info ignore, project.inspect(local_ignore_path));
    if (ignore.kind != node_kind::absent) return {};
    TRY(project.make_directories(directory_of(local_ignore_path)));
    return project.write(local_ignore_path, local_ignore_text, {});
}

}  // namespace

outcome<void> prune_directories(filesystem& project, std::string_view path) {
    for (std::string_view at = directory_of(path); !at.empty(); at = directory_of(at)) {
        TRY_ASSIGN(const bool removed, project.remove_directory(at));
        if (removed) continue;
        // One that is gone already may have been removed by a run that was killed before it came to the parent.
        TRY_ASSIGN(const node_info left, project.inspect(at));
        if (left.kind != node_kind::absent) break;
    }
    return {};
}

outcome<digest> digest_on_disk(filesystem& project, std::string_view path) {
    auto file = project.read(path, max_file_bytes);
    if (file) return *file ? sha256((*file)->content) : absent;
    // A link, a folder, something too large to be Tenon's.
    if (file.error().kind == failure_kind::refused) return digest("not a file");
    TRY_ASSIGN(const node_info info, project.inspect(path));
    if (info.kind == node_kind::file || info.kind == node_kind::absent) return std::move(file).error();
    return digest("not a file");
}

outcome<void> want_content(std::vector<change>& changes, filesystem& project, std::string_view path,
                           const digest& wanted) {
    TRY_ASSIGN(const digest now, digest_on_disk(project, path));
    if (now == wanted) return {};
    change c{wanted == absent ? change::kind::remove : change::kind::write, std::string(path), now, wanted};
    if (now == absent) c.executable = false;
    changes.push_back(std::move(c));
    return {};
}

std::string temporary_path(std::string_view path) {
    const std::string_view directory = directory_of(path);
    const std::string name = "." + std::string(name_of(path)) + ".tenon-tmp";
    return directory.empty() ? name : std::string(directory) + "/" + name;
}

outcome<left_alone> commit_changes(filesystem& project, const std::vector<change>& changes,
                                   const content_source& contents) {
    if (changes.empty()) return left_alone{};
    journal j{changes, {}};
    TRY_ASSIGN(j.new_directories, missing_directories(project, changes));
    TRY(make_local_directory(project));
    auto prepared = project.write(journal_draft_path, write_journal(j), {});
    if (prepared) prepared = project.rename(journal_draft_path, journal_prepared_path);
    if (prepared) prepared = prepare(project, j, contents);
    if (prepared) prepared = project.rename(journal_prepared_path, journal_committed_path);
    if (!prepared) {
        // Best effort: what this cannot clean up now, the next run does by the journal.
        (void)project.remove(journal_draft_path);
        (void)undo(project, j);
        return prepared.error();
    }
    auto finished = finish(project, j, false);
    if (!finished) {
        failure& why = finished.error();
        why.hint += (why.hint.empty() ? "" : "; ");
        why.hint += "the change is recorded and half done: run the command again and it is finished first";
    }
    return finished;
}

outcome<recovery_report> recover(filesystem& project) {
    recovery_report report;
    TRY_ASSIGN(const auto committed, project.read(journal_committed_path, max_record_bytes));
    TRY_ASSIGN(const auto prepared, project.read(journal_prepared_path, max_record_bytes));
    TRY_ASSIGN(const node_info draft, project.inspect(journal_draft_path));
    if (draft.kind != node_kind::absent) {
        TRY(project.remove(journal_draft_path));
        report.what = recovery::rolled_back;
    }
    if (committed) {
        TRY_ASSIGN(journal j, read_journal(committed->content));
        report.what = recovery::finished;
        TRY_ASSIGN(report.saved, finish(project, j, true));
    }
    if (prepared) {
        report.what = committed ? recovery::finished : recovery::rolled_back;
        auto j = read_journal(prepared->content);
        // A torn journal means that the power went before anything followed it.
        TRY(j ? undo(project, *j) : project.remove(journal_prepared_path));
    }
    return report;
}

}  // namespace tenon::gen
