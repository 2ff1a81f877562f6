// Opens, judges and settles the directory that is generated into.
#include "generator/cli/target.hpp"

#include <boost/filesystem.hpp>

#include <algorithm>

#include "generator/cli/folders.hpp"
#include "generator/cli/former_spec.hpp"
#include "generator/cli/plan_report.hpp"
#include "generator/impact/access_record.hpp"
#include "generator/plan/orphan_list.hpp"
#include "generator/plan/own_sources.hpp"
#include "generator/plan/summary.hpp"

namespace tenon::gen {
namespace {

namespace fs = boost::filesystem;

/// Splits "a/b/shop" into its parent and its name; "shop" lies in ".".
std::pair<std::string, std::string> split(const std::string& directory) {
    fs::path path = fs::path(directory).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    if (path.filename() == "." || path.filename() == "..") path = fs::absolute(path).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const fs::path parent = path.parent_path();
    return {parent.empty() ? "." : parent.string(), path.filename().string()};
}

constexpr std::size_t shown_strangers = 5;

}  // namespace

outcome<target> target::open(std::string directory, access how) {
    target t;
    t.directory_ = std::move(directory);
    boost::system::error_code ignored;
    const fs::file_status status = fs::status(t.directory_, ignored);
    if (!fs::exists(status)) return t;
    TRY_ASSIGN(t.project_, open_directory(t.directory_));
    TRY_ASSIGN(const auto entries, t.project_->list(""));
    if (entries.empty()) return t;
    if (how == access::write) {
        TRY(t.project_->lock());
        TRY(recover(*t.project_));
    }
    TRY_ASSIGN(t.known_, load_manifest(*t.project_));
    t.kind_ = t.known_.bytes == absent ? target_kind::occupied : target_kind::project;
    return t;
}

outcome<void> target::read_folder(const std::string& folder, std::map<std::string, std::string>& out) const {
    TRY_ASSIGN(const auto entries, project_->list(folder));
    for (const directory_entry& entry : entries) {
        if (entry.kind != node_kind::file) continue;
        const std::string path = folder + "/" + entry.name;
        TRY_ASSIGN(auto file, project_->read(path, max_file_bytes));
        if (file) out.emplace(path, std::move(file->content));
    }
    return {};
}

outcome<migration_history> target::migrations(const std::vector<std::string>& replace) const {
    migration_state found;
    if (kind_ == target_kind::project) {
        TRY(read_folder(record_folder, found.records));
        for (const char* folder : {"migrations/postgres", "migrations/sqlite"}) TRY(read_folder(folder, found.sql));
    }
    return read_history(found, replace);
}

outcome<plan> target::judge(tree& files, const model& product, const plan_origin& origin,
                            const plan_wishes& wishes) const {
    if (kind_ != target_kind::fresh) {
        add_renames(files, product, known_.bases);
        TRY(add_orphan_list(files, known_, *project_));
        return make_plan(files, known_, *project_, origin, wishes);
    }
    TRY(check_tree(files));
    plan p;
    p.generator_version = origin.generator_version;
    p.spec = origin.spec;
    p.entries.reserve(files.files.size());
    for (const auto& [path, file] : files.files) {
        plan_entry entry;
        entry.path = path;
        entry.action = plan_action::create;
        entry.reason = plan_reason::new_file;
        entry.owner = file.owner;
        entry.executable = file.executable;
        entry.after = sha256(file.content);
        if (file.owner != owner_class::seeded) entry.new_base = entry.after;
        p.entries.push_back(std::move(entry));
    }
    return p;
}

outcome<void> target::refuse_strangers(const plan& p) const {
    std::vector<std::string> strangers;
    TRY_ASSIGN(const auto entries, project_->list(""));
    for (const directory_entry& entry : entries) {
        const auto same = [&](const plan_entry& e) {
            return e.path == entry.name && e.action == plan_action::unchanged;
        };
        const bool known = entry.name == ".git" || entry.name == "spec.schema.json";
        if (known || std::any_of(p.entries.begin(), p.entries.end(), same)) continue;
        if (entry.kind == node_kind::directory) {
            TRY_ASSIGN(const auto inside, project_->list(entry.name));
            if (inside.empty()) continue;
        }
        strangers.push_back(entry.name);
    }
    if (strangers.empty()) return {};
    std::string message = "'" + directory_ + "' is not empty and no project of Tenon's; it has";
    for (std::size_t i = 0; i < strangers.size() && i < shown_strangers; ++i) message += " '" + strangers[i] + "'";
    if (strangers.size() > shown_strangers) message += " and more";
    return failure{
        failure_kind::refused, message + ". Nothing was written",
        "choose a new directory with --out; only .git and a spec.yaml equal to the spec may be there already"};
}

outcome<void> target::create(const plan& p, const tree& files) const {
    const auto [parent_path, name] = split(directory_);
    TRY_ASSIGN(const auto parent, open_or_make(parent_path));
    const std::string place = building_place(name);
    TRY(parent->make_directories(place));
    TRY_ASSIGN(const auto building, open_directory(parent_path + "/" + place));
    TRY(building->lock());
    return create_project(p, files, *parent, name);
}

outcome<exit_code> target::settle(const plan& p, const tree& files, const console& out) const {
    if (kind_ == target_kind::project) {
        const std::string& last = known_.content.generator_version;
        if (is_newer_version(last, p.generator_version)) {
            out.say("Note: " + directory_ + " was last written by Tenon " + last + ", and this is " +
                    p.generator_version + ": the plan takes its files back to the older version.");
        }
        TRY(save_plan(p, files, *project_));
        if (!has_pending(p)) {
            out.say(directory_ + ": nothing to change; " + totals(p.entries));
            if (has_attention(p) || has_left_behind(p) || !p.impacts.empty()) out.show(p);
            return exit_code::clean;
        }
        out.show(p);
        out.say("Planned, nothing changed yet. Next: apply-plan " + directory_ + " --diff, then --apply");
        return exit_code::clean;
    }
    if (kind_ == target_kind::fresh) {
        TRY(create(p, files));
    } else {
        TRY(refuse_strangers(p));
        TRY(apply_in_place(p, files, *project_));
    }
    out.say("Created " + directory_ + " (" + std::to_string(p.entries.size()) + " files). Its README.md tells how to " +
            "build and run it.");
    return exit_code::clean;
}

outcome<exit_code> target::compare(const plan& p, const console& out) const {
    if (kind_ != target_kind::project) {
        return failure{failure_kind::refused, "'" + directory_ + "' is no project of Tenon's: it has no manifest",
                       "run `tenon generate` first"};
    }
    TRY_ASSIGN(const auto waiting, waiting_files(known_.content, *project_));
    const bool decide = has_attention(p) || !waiting.empty();
    if (!decide && !has_pending(p)) {
        if (has_left_behind(p) || !p.impacts.empty()) out.show(p);
        out.say(directory_ + " is what its spec generates; " + totals(p.entries));
        out.tell_programs(verify_json(exit_code::clean, p, waiting), verify_annotations(p, waiting));
        return exit_code::clean;
    }
    out.show(p);
    for (const std::string& path : waiting) out.say("  waiting for you: " + path);
    const bool by_hand = std::any_of(p.entries.begin(), p.entries.end(),
                                     [](const plan_entry& e) { return e.reason == plan_reason::conflict_resolved; });
    if (by_hand) out.say("To record what you settled by hand: tenon resolve " + directory_);
    const exit_code code = decide ? exit_code::conflicts : exit_code::pending;
    out.tell_programs(verify_json(code, p, waiting), verify_annotations(p, waiting));
    return code;
}

former_files target::former() const {
    former_files out;
    if (kind_ != target_kind::project) return out;
    out.openapi = known_.bases.find(openapi_path);
    out.access = known_.bases.find(access_record_path);
    return out;
}

outcome<std::map<std::string, std::string>> target::sources(const plan& p, const tree& files) const {
    if (kind_ != target_kind::project) return std::map<std::string, std::string>{};
    return own_sources(p, files, known_, *project_);
}

std::string target_directory(const std::string& spec_path, const std::string& service, const std::string& out,
                             bool several) {
    if (!out.empty()) return several ? (fs::path(out) / service).string() : out;
    const fs::path folder = fs::path(spec_path).parent_path();
    boost::system::error_code ignored;
    if (fs::exists(folder / manifest_path, ignored)) return folder.empty() ? "." : folder.string();
    return service;
}

outcome<void> claim_directory(std::set<std::string>& taken, const std::string& directory) {
    if (taken.insert(directory).second) return {};
    return failure{failure_kind::refused, "'" + directory + "' was already generated into by another spec of this run",
                   "give each service a name of its own"};
}

}  // namespace tenon::gen
