// Keeping and bringing back what an apply changes.
#include "generator/apply/undo.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "generator/apply/apply.hpp"
#include "generator/apply/journal.hpp"
#include "generator/plan/manifest.hpp"

namespace tenon::gen {
namespace {

/// What is worked out anew with every plan; it may have changed since, and goes back all the same.
bool is_of_plan(std::string_view path) {
    return path == plan_path || path == conflicts_path || path == applied_path || path == former_plan_path ||
           path == former_conflicts_path;
}

outcome<undo_step> step_of(const change& c, filesystem& project) {
    undo_step step{c.path, absent, c.after, 0, 0};
    TRY_ASSIGN(const node_info info, project.inspect(c.path));
    if (info.kind != node_kind::file) return step;
    TRY_ASSIGN(step.before, digest_on_disk(project, c.path));
    step.before_mode = info.permissions;
    if (c.what == change::kind::remove) return step;
    step.after_mode = c.executable ? with_executable(info.permissions, *c.executable) : info.permissions;
    return step;
}

/// Takes away the contents in a directory of them that nobody needs any more.
outcome<void> drop_others(std::vector<change>& changes, filesystem& project, const std::string& directory,
                          const std::set<digest>& needed) {
    TRY_ASSIGN(const auto there, project.list(directory.substr(0, directory.size() - 1)));
    for (const directory_entry& entry : there) {
        if (!is_sha256(entry.name) || needed.contains(entry.name)) continue;
        changes.push_back({change::kind::remove, directory + entry.name, absent, absent});
    }
    return {};
}

outcome<undo_record> load_record(filesystem& project) {
    TRY_ASSIGN(const auto file, project.read(undo_record_path, max_record_bytes));
    if (!file) {
        return failure{failure_kind::refused, "there is nothing to undo",
                       "only the last apply can be undone, once, in the working tree where it was done"};
    }
    return read_undo_record(file->content);
}

outcome<bool> is_as_left(const undo_step& step, filesystem& project) {
    TRY_ASSIGN(const digest now, digest_on_disk(project, step.path));
    if (now != step.after) return false;
    if (step.after == absent || step.after_mode == 0) return true;
    TRY_ASSIGN(const node_info info, project.inspect(step.path));
    return info.permissions == step.after_mode;
}

outcome<void> append_way_back(std::vector<change>& changes, const undo_step& step, filesystem& project) {
    using kind = change::kind;
    TRY_ASSIGN(const digest now, digest_on_disk(project, step.path));
    TRY_ASSIGN(const node_info info, project.inspect(step.path));
    if (step.before == absent) {
        if (now != absent) changes.push_back({kind::remove, step.path, now, absent});
    } else if (now != step.before) {
        changes.push_back({kind::write, step.path, now, step.before, {}, step.before_mode});
    } else if (info.permissions != step.before_mode) {
        changes.push_back({kind::set_mode, step.path, now, now, {}, step.before_mode});
    }
    return {};
}

/// Contents for the way back: kept ones, and those of the files, and the bases, that are about to go back.
class kept_contents {
  public:
    kept_contents(filesystem& project, const undo_record& r, const base_texts& bases) : project_(project) {
        for (const undo_step& step : r.steps) places_.emplace(step.after, step.path);
        for (auto& [name, text] : bases.texts()) bases_.emplace(sha256(text), text);
    }

    content_source source() const {
        return [this](const digest& wanted) -> outcome<std::string> {
            TRY_ASSIGN(auto kept, project_.read(std::string(undo_directory) + wanted, max_file_bytes));
            if (kept) return std::move(kept->content);
            const auto place = places_.find(wanted);
            if (place != places_.end()) {
                TRY_ASSIGN(auto file, project_.read(place->second, max_file_bytes));
                if (file) return std::move(file->content);
            }
            if (const auto base = bases_.find(wanted); base != bases_.end()) return base->second;
            return failure{failure_kind::malformed, "the content " + wanted + " is not in .tenon/local/undo/"};
        };
    }

  private:
    filesystem& project_;
    std::map<digest, std::string> places_;
    std::map<digest, std::string> bases_;
};

/// The plan of before is open again: what it needs is staged anew, from the files as they are before they go back.
/// Says whether all of that is still there; a plan made since may have dropped some.
outcome<bool> restage(std::vector<change>& changes, const undo_record& r, filesystem& project,
                      const content_source& contents) {
    const auto is_plan = [](const undo_step& step) { return step.path == plan_path; };
    const auto saved = std::find_if(r.steps.begin(), r.steps.end(), is_plan);
    if (saved == r.steps.end() || saved->before == absent) return false;
    TRY_ASSIGN(const std::string text, contents(saved->before));
    TRY_ASSIGN(const plan reopened, read_plan(text));
    std::vector<change> staging;
    const std::string directory(stage_directory);
    const std::set<digest> wanted = wanted_stage(reopened);
    for (const digest& content : wanted) {
        TRY(want_content(staging, project, directory + content, content));
        const bool is_staged = staging.empty() || staging.back().path != directory + content;
        if (is_staged) continue;
        const auto found = contents(content);
        if (!found && found.error().kind != failure_kind::malformed) return found.error();
        if (!found) return false;
    }
    TRY(drop_others(staging, project, directory, wanted));
    std::move(staging.begin(), staging.end(), std::back_inserter(changes));
    return true;
}

}  // namespace

outcome<void> keep_for_undo(std::vector<change>& changes, filesystem& project, project_contents& contents) {
    undo_record r;
    std::set<digest> kept;
    const auto add = [&](const change& c) -> outcome<void> {
        TRY_ASSIGN(undo_step step, step_of(c, project));
        contents.add_place(step.before, c.path);
        if (step.before != absent) kept.insert(step.before);
        r.steps.push_back(std::move(step));
        return {};
    };
    bool has_plan = false;
    for (const change& c : changes) {
        if (c.path.starts_with(stage_directory)) continue;
        has_plan = has_plan || c.path == plan_path;
        TRY(add(c));
    }
    // The plan that is applied is needed again once that is undone, whatever was planned in between.
    if (!has_plan) {
        TRY_ASSIGN(const digest plan_bytes, digest_on_disk(project, plan_path));
        TRY(add({change::kind::set_mode, std::string(plan_path), plan_bytes, plan_bytes}));
    }
    std::vector<change> keeping;
    for (const digest& content : kept) {
        TRY(want_content(keeping, project, std::string(undo_directory) + content, content));
    }
    TRY(drop_others(keeping, project, std::string(undo_directory), kept));
    TRY(want_content(keeping, project, undo_record_path, contents.add(write_undo_record(r))));
    changes.insert(changes.begin(), std::make_move_iterator(keeping.begin()), std::make_move_iterator(keeping.end()));
    return {};
}

outcome<undo_report> undo_last_apply(filesystem& project) {
    TRY_ASSIGN(const undo_record r, load_record(project));
    undo_report report;
    std::vector<change> changes;
    for (const undo_step& step : r.steps) {
        TRY_ASSIGN(const bool same, is_as_left(step, project));
        if (!same && !is_of_plan(step.path)) report.changed.push_back(step.path);
        if (is_users_file(step.path)) report.undone.push_back(step.path);
        TRY(append_way_back(changes, step, project));
    }
    if (!report.changed.empty()) {
        report.undone.clear();
        return report;
    }
    // One that cannot be read goes back as well.
    const auto bases = load_bases(project);
    if (!bases && bases.error().kind != failure_kind::malformed) return bases.error();
    const kept_contents contents(project, r, bases ? *bases : base_texts{});
    TRY_ASSIGN(const bool reopened, restage(changes, r, project, contents.source()));
    if (!reopened) std::erase_if(changes, [](const change& c) { return is_of_plan(c.path); });
    TRY(drop_others(changes, project, std::string(undo_directory), {}));
    changes.push_back({change::kind::remove, std::string(undo_record_path), absent, absent});
    // The manifest goes last, as ever.
    std::stable_partition(changes.begin(), changes.end(), [](const change& c) { return c.path != manifest_path; });
    TRY_ASSIGN(const left_alone saved, commit_changes(project, changes, contents.source()));
    report.saved = saved.paths;
    std::erase_if(report.undone, [&](const std::string& path) {
        return std::find(saved.paths.begin(), saved.paths.end(), path) != saved.paths.end();
    });
    return report;
}

}  // namespace tenon::gen
