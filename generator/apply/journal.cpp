// The journal's format: JSON, one change a line.
#include "generator/apply/journal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "generator/plan/bases.hpp"
#include "generator/plan/json_reading.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/path_rules.hpp"

namespace tenon::gen {
namespace {

constexpr std::array<std::pair<change::kind, std::string_view>, 3> kind_names{{
    {change::kind::write, "write"},
    {change::kind::remove, "remove"},
    {change::kind::set_mode, "set_mode"},
}};

std::string_view kind_name(change::kind kind) {
    for (const auto& [value, name] : kind_names) {
        if (value == kind) return name;
    }
    return {};
}

/// The directories that Tenon makes for itself.
bool is_own_directory(std::string_view name) {
    return name == ".tenon" || name == ".tenon/base" || name == ".tenon/base/.tenon" || name == ".tenon/schema" ||
           name == ".tenon/local" || name == ".tenon/local/stage" || name == ".tenon/local/undo";
}

bool is_own_record(std::string_view path) {
    constexpr std::array all{manifest_path,  bases_path,       plan_path,
                             conflicts_path, former_plan_path, former_conflicts_path};
    return std::find(all.begin(), all.end(), path) != all.end();
}

/// "src/a.cpp.new.2" -> "src/a.cpp"; other paths stay.
std::string_view without_beside_suffix(std::string_view path) {
    const auto suffix = path.rfind(".new");
    if (suffix == std::string_view::npos || suffix == 0) return path;
    return is_beside_path(path.substr(0, suffix), path) ? path.substr(0, suffix) : path;
}

bool is_local_path(std::string_view path) {
    if (path == applied_path || path == undo_record_path) return true;
    for (const auto directory : {stage_directory, undo_directory}) {
        if (path.starts_with(directory)) return is_sha256(path.substr(directory.size()));
    }
    return false;
}

outcome<change> read_change(const boost::json::value& value, std::size_t index) {
    json_object_reader reader(value, "the journal: changes[" + std::to_string(index) + "]");
    change c;
    const std::string kind = reader.text("kind");
    bool known = false;
    for (const auto& [candidate, name] : kind_names) {
        if (name != kind) continue;
        c.what = candidate;
        known = true;
    }
    if (!known) reader.fail("has an unknown kind");
    c.path = reader.text("path");
    c.before = reader.any_digest("before");
    c.after = reader.any_digest("after");
    if (reader.find("executable") != nullptr) c.executable = reader.flag_or("executable", false);
    if (reader.find("permissions") != nullptr)
        c.permissions = static_cast<mode_t>(reader.number("permissions") & 07777);
    if (reader.find("of") != nullptr) c.of = reader.text("of");
    c.spared = reader.flag_or("spared", false);
    if (!may_write(c.path)) reader.fail("has a path that is not Tenon's to write");
    if (auto wrong = reader.finish({"kind", "path", "before", "after", "executable", "permissions", "of", "spared"})) {
        return *wrong;
    }
    return c;
}

}  // namespace

bool may_write(std::string_view path) {
    if (is_own_record(path) || is_local_path(path)) return true;
    if (path.starts_with(former_base_directory)) path.remove_prefix(former_base_directory.size());
    return !why_path_refused(without_beside_suffix(path));
}

bool is_users_file(std::string_view path) {
    return path != former_plan_path && path != former_conflicts_path && !path.starts_with(".tenon/");
}

std::string write_journal(const journal& j) {
    std::string out = "{\"format_version\": 1, \"new_directories\": [";
    for (const std::string& directory : j.new_directories) {
        if (&directory != j.new_directories.data()) out += ", ";
        out += json_quoted(directory);
    }
    out += "], \"changes\": [\n";
    for (const change& c : j.changes) {
        if (&c != j.changes.data()) out += ",\n";
        out += "{\"kind\": \"" + std::string(kind_name(c.what)) + "\", \"path\": " + json_quoted(c.path) +
               ", \"before\": \"" + c.before + "\", \"after\": \"" + c.after + "\"";
        if (c.executable) out += *c.executable ? ", \"executable\": true" : ", \"executable\": false";
        if (c.permissions) out += ", \"permissions\": " + std::to_string(*c.permissions);
        if (!c.of.empty()) out += ", \"of\": " + json_quoted(c.of);
        if (c.spared) out += ", \"spared\": true";
        out += "}";
    }
    return out += "\n]}\n";
}

outcome<journal> read_journal(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, "the journal"));
    json_object_reader reader(document, "the journal");
    if (reader.number("format_version") != 1) reader.fail("has another format version");
    const auto* directories = reader.need("new_directories");
    if (directories != nullptr && !directories->is_array()) reader.fail("has no list of directories");
    const auto* changes = reader.need("changes");
    if (changes != nullptr && !changes->is_array()) reader.fail("has no list of changes");
    if (auto wrong = reader.finish({"format_version", "new_directories", "changes"})) return *wrong;
    journal j;
    for (const auto& value : directories->get_array()) {
        const auto* name = value.if_string();
        if (name == nullptr || (!is_own_directory(*name) && !may_write(std::string(std::string_view(*name)) + "/x"))) {
            return failure{failure_kind::malformed, "the journal names a directory that is not Tenon's"};
        }
        j.new_directories.emplace_back(std::string_view(*name));
    }
    for (const auto& value : changes->get_array()) {
        TRY_ASSIGN(auto one, read_change(value, j.changes.size()));
        j.changes.push_back(std::move(one));
    }
    return j;
}

}  // namespace tenon::gen
