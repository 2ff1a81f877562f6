// Puts the records in order, and finds what does not fit together.
#include "generator/migrate/history.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "generator/migrate/record.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

namespace {

using records = std::map<std::string, migration_record>;

std::string in_quotes(const std::string& text) {
    return "'" + text + "'";
}

/// "0001_initial" of "…/0001_initial.up.sql" and "…/0001_initial.json".
std::string name_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
    for (const char* end : {".up.sql", ".down.sql", ".json"}) {
        if (file.ends_with(end)) return file.substr(0, file.size() - std::string(end).size());
    }
    return {};
}

std::optional<failure> find_conflict(const std::map<std::string, std::string>& files) {
    for (const auto& [path, text] : files) {
        const bool marked = text.starts_with("<<<<<<< ") || text.find("\n<<<<<<< ") != std::string::npos;
        if (!marked) continue;
        return failure(failure_kind::refused, in_quotes(path) + " has git's conflict markers",
                       "a migration never merges: take the main branch's side of it whole (git checkout --theirs or "
                       "--ours, then git add), and generate again");
    }
    return std::nullopt;
}

outcome<records> read_all(const migration_state& found) {
    records out;
    for (const auto& [path, text] : found.records) {
        const std::string name = name_of(path);
        if (name.empty()) continue;
        TRY_ASSIGN(migration_record one, record_from_json(text, path));
        out.emplace(name, std::move(one));
    }
    return out;
}

/// Every SQL file is as its record says.
std::optional<failure> find_drift(const records& all, const migration_state& found) {
    for (const auto& [name, record] : all) {
        for (const auto& [file, sum] : record.sql) {
            const std::string path = sql_path(name, file);
            const auto text = found.sql.find(path);
            if (text == found.sql.end())
                return failure(
                    failure_kind::refused,
                    in_quotes(path) + " is missing, but " + in_quotes(record_path(name)) + " says that it was emitted",
                    "restore it from version control");
            if (sha256(text->second) == sum) continue;
            return failure(failure_kind::refused, in_quotes(path) + " was changed after it was emitted",
                           "restore it from version control; put changes of your own into a migration of a new number");
        }
    }
    for (const auto& [path, text] : found.sql) {
        const std::string name = name_of(path);
        if (!text.starts_with(frozen_mark) || name.empty() || all.contains(name)) continue;
        return failure(failure_kind::refused,
                       in_quotes(record_path(name)) + " is missing, but " + in_quotes(path) + " was emitted with it",
                       "restore it from version control: without it nobody knows what the migrations lead to");
    }
    return std::nullopt;
}

/// Takes the named ones out, with the parts that belong to them.
std::optional<failure> replace_some(records& all, const std::vector<std::string>& replace, migration_history& out) {
    std::set<std::string> going;
    for (const std::string& name : replace) {
        const auto found = all.find(name);
        if (found == all.end())
            return failure(failure_kind::refused, "there is no migration " + in_quotes(name) + " to replace",
                           "give its name without folder and ending, such as 0002_add_tasks_due");
        going.insert(found->second.part_of.empty() ? name : found->second.part_of);
    }
    std::set<std::string> gone;
    for (const auto& [name, record] : all) {
        if (going.contains(name) || going.contains(record.part_of)) gone.insert(name);
    }
    for (const std::string& name : gone) {
        for (const auto& [file, sum] : all.at(name).sql) out.replaced.insert(sql_path(name, file));
        out.replaced.insert(record_path(name));
        all.erase(name);
    }
    for (const auto& [name, record] : all) {
        if (!gone.contains(record.parent)) continue;
        return failure(failure_kind::refused,
                       in_quotes(name) + " continues " + in_quotes(record.parent) + ", which is to be replaced",
                       "replace it too: --replace-migration " + name);
    }
    return std::nullopt;
}

using children = std::map<std::string, std::vector<std::string>>;

/// What has to be named to replace a migration and all that follow it.
std::string options_for(const std::string& name, const children& next, const records& all) {
    std::string out;
    if (all.at(name).part_of.empty()) out = " --replace-migration " + name;
    const auto after = next.find(name);
    if (after == next.end()) return out;
    for (const std::string& one : after->second) out += options_for(one, next, all);
    return out;
}

failure forked(const std::string& parent, const std::vector<std::string>& both, const children& next,
               const records& all) {
    const auto keeping = [&](const std::string& kept, const std::string& replaced) {
        return "`tenon generate SPEC --out DIR" + options_for(replaced, next, all) + "` keeps " + in_quotes(kept);
    };
    const std::string from = parent.empty() ? "are both the first" : "both continue " + in_quotes(parent);
    return failure(
        failure_kind::refused,
        in_quotes(both[0]) + " and " + in_quotes(both[1]) + " " + from + ": two branches have each added a migration",
        "emit the one anew that no database has run yet: " + keeping(both[0], both[1]) + ", " +
            keeping(both[1], both[0]));
}

/// From the first to the last, each once.
outcome<std::vector<std::string>> in_order(const records& all) {
    children next;
    for (const auto& [name, record] : all) {
        if (!record.parent.empty() && !all.contains(record.parent))
            return failure(
                failure_kind::refused,
                in_quotes(record_path(record.parent)) + " is missing, but " + in_quotes(name) + " continues it",
                "restore it from version control, or replace " + in_quotes(name) + " with --replace-migration");
        next[record.parent].push_back(name);
    }
    for (const auto& [parent, following] : next) {
        if (following.size() > 1) return forked(parent, following, next, all);
    }
    std::vector<std::string> out;
    for (auto at = next.find(""); at != next.end() && out.size() <= all.size(); at = next.find(out.back()))
        out.push_back(at->second.front());
    if (out.size() != all.size())
        return failure(failure_kind::malformed, "the records in " + std::string(record_folder) + " go in a circle",
                       "restore them from version control");
    return out;
}

}  // namespace

std::string sql_path(const std::string& name, const std::string& file) {
    const std::size_t dot = file.find('.');
    return "migrations/" + file.substr(0, dot) + "/" + name + file.substr(dot) + ".sql";
}

std::string record_path(const std::string& name) {
    return std::string(record_folder) + "/" + name + ".json";
}

outcome<migration_history> read_history(const migration_state& found, const std::vector<std::string>& replace) {
    if (auto wrong = find_conflict(found.records)) return *wrong;
    if (auto wrong = find_conflict(found.sql)) return *wrong;
    TRY_ASSIGN(records all, read_all(found));
    if (auto wrong = find_drift(all, found)) return *wrong;
    migration_history out;
    if (auto wrong = replace_some(all, replace, out)) return *wrong;
    TRY_ASSIGN(const auto order, in_order(all));
    for (const std::string& name : order) apply_record(out.leads_to, all.at(name));
    if (!order.empty()) out.last = order.back();
    std::set<std::string> names;
    for (const auto& [path, text] : found.sql) {
        if (!out.replaced.contains(path) && !name_of(path).empty()) names.insert(name_of(path));
    }
    out.names.assign(names.begin(), names.end());
    return out;
}

}  // namespace tenon::gen
