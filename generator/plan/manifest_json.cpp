// The manifest as JSON, in lines that a union merge can join.
#include <algorithm>
#include <charconv>

#include "generator/plan/conflict_markers.hpp"
#include "generator/plan/json_reading.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/path_rules.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {
namespace {

void append_entry(std::string& out, const std::string& path, const manifest_entry& e) {
    std::string line =
        "    {\"path\": " + json_quoted(path) + ", \"owner\": \"" + std::string(to_string(e.owner)) + "\"";
    if (e.executable) line += ", \"executable\": true";
    if (e.deleted) line += ", \"deleted\": true";
    if (!e.conflict.empty()) line += ", \"conflict\": " + json_quoted(e.conflict);
    if (e.digests.empty()) out += line + "},\n";
    for (const digest& content : e.digests) out += line + ", \"sha256\": \"" + content + "\"},\n";
}

/// Reads one line's entry into `m`; several of one path become one.
outcome<void> read_entry(manifest& m, json_object_reader& reader) {
    const std::string path = reader.text("path");
    const auto owner = parse_owner_class(reader.text("owner"));
    if (!owner) reader.fail("has an unknown owner");
    const bool executable = reader.flag_or("executable", false);
    const bool deleted = reader.flag_or("deleted", false);
    const std::string conflict = reader.find("conflict") != nullptr ? reader.text("conflict") : std::string();
    if (!conflict.empty() && !is_beside_path(path, conflict)) reader.fail("has a conflict with a file of another name");
    const bool has_digest = reader.find("sha256") != nullptr;
    const digest content = has_digest ? reader.real_digest("sha256") : absent;
    if (owner == owner_class::frozen && !has_digest) reader.fail("must have a digest, being frozen");
    if (owner && !keeps_digests(*owner) && has_digest) reader.fail("has a digest that it cannot have");
    if (const auto why = why_path_refused(path)) reader.fail("has a path that " + *why);
    if (auto wrong = reader.finish({"path", "owner", "executable", "deleted", "conflict", "sha256"})) return *wrong;

    manifest_entry& e = m.files[path];
    e.owner = std::max(e.owner, *owner);  // In the order of the enumeration, the later one protects more.
    e.executable = e.executable || executable;
    e.deleted = e.deleted || deleted;
    if (!conflict.empty()) e.conflict = std::max(e.conflict, conflict);
    if (has_digest && std::find(e.digests.begin(), e.digests.end(), content) == e.digests.end())
        e.digests.push_back(content);
    return {};
}

/// "0.10.2" -> {0, 10, 2}; what is no number counts as 0.
std::vector<int> version_numbers(std::string_view text) {
    std::vector<int> numbers;
    while (!text.empty()) {
        const auto dot = std::min(text.find('.'), text.size());
        int number = 0;
        std::from_chars(text.data(), text.data() + dot, number);
        numbers.push_back(number);
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return numbers;
}

outcome<void> read_files(manifest& m, const boost::json::array& files) {
    std::size_t index = 0;
    for (const auto& value : files) {
        json_object_reader reader(value, std::string(manifest_path) + ": files[" + std::to_string(index++) + "]");
        const auto* object = value.if_object();
        if (object != nullptr && object->empty()) continue;  // The sentinel that lets every entry end in a comma.
        if (reader.find("generator_version") == nullptr) {
            TRY(read_entry(m, reader));
            continue;
        }
        std::string version = reader.text("generator_version");
        if (auto wrong = reader.finish({"generator_version"})) return *wrong;
        if (version_numbers(m.generator_version) < version_numbers(version)) m.generator_version = std::move(version);
    }
    for (auto& [path, entry] : m.files) {
        if (!keeps_digests(entry.owner)) entry.digests.clear();
        std::sort(entry.digests.begin(), entry.digests.end());
    }
    return {};
}

}  // namespace

bool is_newer_version(std::string_view version, std::string_view other) {
    return version_numbers(version) > version_numbers(other);
}

std::string write_manifest(const manifest& m) {
    std::string out = "{\n  \"format_version\": " + std::to_string(manifest_format_version) + ",\n  \"files\": [\n";
    out += "    {\"generator_version\": " + json_quoted(m.generator_version) + "},\n";
    for (const auto& [path, entry] : m.files) append_entry(out, path, entry);
    return out += "    {}\n  ]\n}\n";
}

outcome<manifest> read_manifest(std::string_view text) {
    if (const auto line = find_conflict_markers(text)) {
        return failure{failure_kind::malformed,
                       std::string(manifest_path) + ":" + std::to_string(*line) + " has git's conflict markers",
                       "every entry of both sides may stay: remove only the lines with the markers, then run `tenon "
                       "generate` (a .gitattributes with 'merge=union' for the file does that by itself)"};
    }
    TRY_ASSIGN(const auto document, parse_json(text, manifest_path));
    json_object_reader reader(document, std::string(manifest_path));
    const auto version = reader.number("format_version");
    if (version != manifest_format_version && version != former_manifest_format_version) {
        return failure{failure_kind::malformed,
                       std::string(manifest_path) + " is not of format version " +
                           std::to_string(manifest_format_version) + ", the one this Tenon knows",
                       "use the Tenon that wrote it, or generate into a new directory and bring your changes over"};
    }
    const auto* files = reader.need("files");
    if (files != nullptr && !files->is_array()) reader.fail("has 'files' that are not an array");
    if (auto wrong = reader.finish({"format_version", "files"})) return *wrong;
    manifest m;
    TRY(read_files(m, files->get_array()));
    return m;
}

}  // namespace tenon::gen
