// The manifest as JSON: sorted, one file a line, so that two branches merge.
#include "generator/plan/json_reading.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/path_rules.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {
namespace {

void append_entry(std::string& out, const std::string& path, const manifest_entry& e) {
    out += "    " + json_quoted(path) + ": {\"owner\": \"" + std::string(to_string(e.owner)) + "\", \"mode\": \"" +
           (e.executable ? "0755" : "0644") + "\", \"base_sha256\": \"" + e.base + "\"";
    if (e.deleted) out += ", \"deleted\": true";
    if (e.conflict) {
        out += ", \"conflict\": {\"path\": " + json_quoted(e.conflict->path) + ", \"sha256\": \"" +
               e.conflict->content + "\"}";
    }
    out += "}";
}

outcome<manifest_entry> read_entry(const std::string& path, const boost::json::value& value) {
    json_object_reader reader(value, std::string(manifest_path) + ": " + json_quoted(path));
    manifest_entry e;
    const auto owner = parse_owner_class(reader.text("owner"));
    if (!owner) reader.fail("has an unknown owner");
    e.owner = owner.value_or(owner_class::generated);
    e.executable = reader.text("mode") == "0755";
    e.base = reader.any_digest("base_sha256");
    e.deleted = reader.flag_or("deleted", false);
    if (const auto* conflict = reader.find("conflict")) {
        json_object_reader inner(*conflict, reader.where() + ".conflict");
        e.conflict = open_conflict{inner.text("path"), inner.real_digest("sha256")};
        if (!is_beside_path(path, e.conflict->path)) inner.fail("has a path that does not belong to its file");
        if (auto wrong = inner.finish({"path", "sha256"})) return *wrong;
    }
    if (const auto why = why_path_refused(path)) reader.fail(*why);
    if (auto wrong = reader.finish({"owner", "mode", "base_sha256", "deleted", "conflict"})) return *wrong;
    return e;
}

}  // namespace

std::string write_manifest(const manifest& m) {
    std::string out = "{\n  \"format_version\": " + std::to_string(manifest_format_version) +
                      ",\n  \"generator_version\": " + json_quoted(m.generator_version) + ",\n  \"spec_sha256\": \"" +
                      m.spec + "\",\n  \"plan_sha256\": \"" + m.plan + "\",\n  \"files\": {";
    std::string_view separator = "\n";
    for (const auto& [path, entry] : m.files) {
        append_entry(out += separator, path, entry);
        separator = ",\n";
    }
    return out += m.files.empty() ? "}\n}\n" : "\n  }\n}\n";
}

outcome<manifest> read_manifest(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, manifest_path));
    json_object_reader reader(document, std::string(manifest_path));
    if (reader.number("format_version") != manifest_format_version) reader.fail("has another format version");
    manifest m;
    m.generator_version = reader.text("generator_version");
    m.spec = reader.any_digest("spec_sha256");
    m.plan = reader.any_digest("plan_sha256");
    const auto* files = reader.need("files");
    if (files != nullptr && !files->is_object()) reader.fail("has 'files' that are not an object");
    if (auto wrong = reader.finish({"format_version", "generator_version", "spec_sha256", "plan_sha256", "files"})) {
        return *wrong;
    }
    for (const auto& member : files->get_object()) {
        std::string path(std::string_view(member.key()));
        TRY_ASSIGN(auto entry, read_entry(path, member.value()));
        m.files.emplace(std::move(path), std::move(entry));
    }
    return m;
}

}  // namespace tenon::gen
