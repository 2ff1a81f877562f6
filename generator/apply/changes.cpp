// The change set's protocol; see the header for its five steps.
#include "generator/apply/changes.hpp"

#include <algorithm>
#include <set>

#include "generator/apply/journal.hpp"
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

outcome<void> prepare(filesystem& project, const journal& j, const content_source& contents) {
    for (const std::string& directory : j.new_directories) {
        TRY(project.make_directories(directory));
    }
    for (const change& c : j.changes) {
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

outcome<void> prune(filesystem& project, std::string_view path) {
    for (std::string_view at = directory_of(path); !at.empty(); at = directory_of(at)) {
        TRY_ASSIGN(const bool removed, project.remove_directory(at));
        if (removed) continue;
        // One that is gone already may have been removed by a run that was killed before it came to the parent.
        TRY_ASSIGN(const node_info left, project.inspect(at));
        if (left.kind != node_kind::absent) break;
    }
    return {};
}

outcome<void> perform(filesystem& project, const change& c) {
    if (c.what == change::kind::write) return project.rename(temporary_path(c.path), c.path);
    if (c.what == change::kind::set_mode) {
        TRY_ASSIGN(const mode_t wanted, wanted_permissions(project, c));
        return project.set_permissions(c.path, wanted);
    }
    TRY(project.remove(c.path));
    return prune(project, c.path);
}

outcome<digest> digest_of(filesystem& project, std::string_view path) {
    TRY_ASSIGN(const auto file, project.read(path, max_file_bytes));
    return file ? sha256(file->content) : absent;
}

/// A free name beside a file that somebody edited while the project was half applied.
outcome<std::string> free_beside(filesystem& project, const std::string& path) {
    for (int number = 1;; ++number) {
        std::string name = beside_path(path, number);
        TRY_ASSIGN(const node_info info, project.inspect(name));
        if (info.kind == node_kind::absent) return name;
    }
}

/// `perform` for a change that may have been done already, on a file that may have been edited since.
outcome<void> perform_again(filesystem& project, const change& c, recovery_report& report) {
    if (c.what == change::kind::set_mode) {
        TRY_ASSIGN(const node_info info, project.inspect(c.path));
        return info.kind == node_kind::file ? perform(project, c) : outcome<void>{};
    }
    const bool edits_matter = is_users_file(c.path);
    if (c.what == change::kind::write) {
        TRY_ASSIGN(const node_info waiting, project.inspect(temporary_path(c.path)));
        if (waiting.kind == node_kind::absent) return {};
        if (!edits_matter) return perform(project, c);
    }
    TRY_ASSIGN(const digest now, digest_of(project, c.path));
    if (!edits_matter || now == c.before || now == c.after) return perform(project, c);
    report.set_aside.push_back(c.path);
    if (c.what == change::kind::remove) return {};
    TRY_ASSIGN(const std::string name, free_beside(project, c.path));
    return project.rename(temporary_path(c.path), name);
}

outcome<void> finish(filesystem& project, const journal& j, recovery_report* again) {
    for (const change& c : j.changes) {
        if (&c == &j.changes.back()) {
            TRY(project.barrier());
        }
        TRY(again != nullptr ? perform_again(project, c, *again) : perform(project, c));
    }
    return project.remove(journal_committed_path);
}

/// The journal's directory. What is in it is nobody's business in version control.
outcome<void> make_local_directory(filesystem& project) {
    TRY_ASSIGN(const node_info ignore, project.inspect(local_ignore_path));
    if (ignore.kind != node_kind::absent) return {};
    TRY(project.make_directories(directory_of(local_ignore_path)));
    return project.write(local_ignore_path, local_ignore_text, {});
}

}  // namespace

outcome<digest> digest_on_disk(filesystem& project, std::string_view path) {
    auto file = project.read(path, max_file_bytes);
    if (file) return *file ? sha256((*file)->content) : absent;
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

outcome<void> commit_changes(filesystem& project, const std::vector<change>& changes, const content_source& contents) {
    if (changes.empty()) return {};
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
        return prepared;
    }
    auto finished = finish(project, j, nullptr);
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
        TRY_ASSIGN(const journal j, read_journal(committed->content));
        report.what = recovery::finished;
        TRY(finish(project, j, &report));
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
