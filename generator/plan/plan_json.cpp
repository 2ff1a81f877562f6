// plan.json: written line by line for people who compare plans, read with distrust.
#include "generator/plan/json_reading.hpp"
#include "generator/plan/path_rules.hpp"
#include "generator/plan/plan.hpp"
#include "generator/plan/plan_entry_json.hpp"

namespace tenon::gen {
namespace {

outcome<void> check_order(const plan& p) {
    std::vector<std::string_view> paths;
    for (const plan_entry& e : p.entries) {
        if (!paths.empty() && paths.back() >= e.path) {
            return failure{failure_kind::malformed, "plan.json: files are not sorted, each path once",
                           "run `tenon generate` again"};
        }
        paths.push_back(e.path);
    }
    if (const auto why = why_paths_clash(paths)) return failure{failure_kind::malformed, "plan.json: " + *why};
    return {};
}

}  // namespace

std::string write_plan(const plan& p) {
    std::string out = "{\n  \"format_version\": " + std::to_string(plan_format_version) + ",\n  ";
    append_field(out, "generator_version", p.generator_version);
    append_field(out += ",\n  ", "spec_sha256", p.spec);
    append_field(out += ",\n  ", "manifest_sha256", p.manifest);
    out += p.impacts.empty() ? ",\n  \"impacts\": []"
                             : ",\n  \"impacts\": [\n" + write_impacts(p.impacts, "    ") + "\n  ]";
    out += ",\n  \"files\": [";
    for (const plan_entry& e : p.entries) {
        out += &e == p.entries.data() ? "\n" : ",\n";
        append_entry(out += "    ", e);
    }
    return out += p.entries.empty() ? "]\n}\n" : "\n  ]\n}\n";
}

outcome<plan> read_plan(std::string_view text) {
    TRY_ASSIGN(const auto document, parse_json(text, "plan.json"));
    json_object_reader reader(document, "plan.json");
    if (reader.number("format_version") != plan_format_version) reader.fail("has another format version");
    plan p;
    p.generator_version = reader.text("generator_version");
    p.spec = reader.real_digest("spec_sha256");
    p.manifest = reader.any_digest("manifest_sha256");
    const auto* files = reader.need("files");
    if (files != nullptr && !files->is_array()) reader.fail("has 'files' that are not an array");
    const auto* impacts = reader.need("impacts");
    if (auto wrong = reader.finish(
            {"format_version", "generator_version", "spec_sha256", "manifest_sha256", "impacts", "files"})) {
        return *wrong;
    }
    TRY_ASSIGN(p.impacts, read_impacts(*impacts, "plan.json: impacts"));
    for (const auto& value : files->get_array()) {
        TRY_ASSIGN(auto entry, read_plan_entry(value, "plan.json: files[" + std::to_string(p.entries.size()) + "]"));
        p.entries.push_back(std::move(entry));
    }
    TRY(check_order(p));
    return p;
}

}  // namespace tenon::gen
