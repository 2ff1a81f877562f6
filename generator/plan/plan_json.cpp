// plan.json and conflicts.json: written line by line for people who compare them, read with distrust.
#include <algorithm>
#include <array>

#include "generator/plan/json_reading.hpp"
#include "generator/plan/path_rules.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {
namespace {

using enum plan_action;
using enum plan_reason;

struct allowed_pair {
    plan_action action;
    plan_reason reason;
};

constexpr std::array allowed_pairs{
    allowed_pair{create, new_file},        allowed_pair{update, generated_changed},
    allowed_pair{update, mode_changed},    allowed_pair{unchanged, same_content},
    allowed_pair{unchanged, caught_up},    allowed_pair{unchanged, conflict_closed},
    allowed_pair{keep, edited_by_user},    allowed_pair{keep, seeded_once},
    allowed_pair{keep, frozen_once},       allowed_pair{keep, conflict_open},
    allowed_pair{keep, conflict_closed},   allowed_pair{conflict, both_changed},
    allowed_pair{conflict, unowned},       allowed_pair{remove, no_longer_generated},
    allowed_pair{orphan, edited_by_user},  allowed_pair{respect, deleted_by_user},
    allowed_pair{error, frozen_edited},    allowed_pair{error, frozen_missing},
    allowed_pair{error, frozen_rewritten}, allowed_pair{error, not_a_file},
};

/// Why an entry contradicts itself, or an empty text. A plan from disk must not be able to smuggle in, say, an update
/// of a file that only its user may change.
std::string_view why_senseless(const plan_entry& e) {
    const bool paired = std::any_of(allowed_pairs.begin(), allowed_pairs.end(), [&](const allowed_pair& p) {
        return p.action == e.action && p.reason == e.reason;
    });
    if (!paired) return "has a reason that does not go with its action";
    const bool touches = e.action == update || e.action == remove || e.action == conflict || e.beside;
    if (touches && e.owner != owner_class::generated) return "changes a file that is never changed once written";
    if (e.action == create && (e.before != absent || e.after == absent)) return "creates what is there";
    if (e.action == update && (e.before == absent || e.after == absent)) return "updates what is not there";
    if (e.action == update && (e.reason == mode_changed) != (e.before == e.after)) return "updates nothing";
    if (e.action == update && e.before != e.base) return "updates an edited file";
    if (e.action == remove && (e.before == absent || e.before != e.base)) return "deletes an edited file";
    if (e.action == remove && e.after != absent) return "deletes and keeps";
    const bool still = e.action != create && e.action != update && e.action != remove;
    if (still && e.before != e.after) return "has an 'after_sha256' that its action cannot lead to";
    if (e.action == conflict && !e.beside) return "is a conflict without a 'beside'";
    if (e.beside && (e.action == conflict) == (e.beside->after == absent)) return "has a 'beside' it cannot have";
    if (e.beside && !is_beside_path(e.path, e.beside->path)) return "has a 'beside' with a path of its own";
    return {};
}

void append_field(std::string& out, std::string_view key, std::string_view value) {
    out.append("\"").append(key).append("\": ").append(json_quoted(value));
}

void append_entry(std::string& out, const plan_entry& e) {
    out += "    {";
    append_field(out, "path", e.path);
    append_field(out += ", ", "action", to_string(e.action));
    append_field(out += ", ", "reason", to_string(e.reason));
    append_field(out += ", ", "owner", to_string(e.owner));
    append_field(out += ", ", "mode", e.executable ? "0755" : "0644");
    append_field(out += ", ", "before_sha256", e.before);
    append_field(out += ", ", "base_sha256", e.base);
    append_field(out += ", ", "after_sha256", e.after);
    if (e.beside) {
        append_field(out += ", \"beside\": {", "path", e.beside->path);
        append_field(out += ", ", "before_sha256", e.beside->before);
        append_field(out += ", ", "after_sha256", e.beside->after);
        out += "}";
    }
    out += "}";
}

outcome<beside_file> read_beside(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where + ".beside");
    beside_file beside{reader.text("path"), reader.any_digest("before_sha256"), reader.any_digest("after_sha256")};
    if (auto wrong = reader.finish({"path", "before_sha256", "after_sha256"})) return *wrong;
    return beside;
}

template <class Enum>
Enum need_name(json_object_reader& reader, std::string_view key, std::optional<Enum> (*parse)(std::string_view)) {
    const std::string text = reader.text(key);
    const std::optional<Enum> value = parse(text);
    if (!value) reader.fail("has the unknown " + std::string(key) + " " + json_quoted(text));
    return value.value_or(Enum{});
}

outcome<plan_entry> read_entry(const boost::json::value& value, const std::string& where) {
    json_object_reader reader(value, where);
    plan_entry e;
    e.path = reader.text("path");
    e.action = need_name(reader, "action", parse_plan_action);
    e.reason = need_name(reader, "reason", parse_plan_reason);
    e.owner = need_name(reader, "owner", parse_owner_class);
    const std::string mode = reader.text("mode");
    if (mode != "0644" && mode != "0755") reader.fail("has a 'mode' other than 0644 and 0755");
    e.executable = mode == "0755";
    e.before = reader.any_digest("before_sha256");
    e.base = reader.any_digest("base_sha256");
    e.after = reader.any_digest("after_sha256");
    if (const auto* beside = reader.find("beside")) {
        TRY_ASSIGN(e.beside, read_beside(*beside, where));
    }
    if (const auto why = why_path_refused(e.path)) reader.fail("has a path that " + *why);
    if (const auto why = why_senseless(e); !why.empty()) reader.fail(why);
    if (auto wrong = reader.finish(
            {"path", "action", "reason", "owner", "mode", "before_sha256", "base_sha256", "after_sha256", "beside"})) {
        return *wrong;
    }
    return e;
}

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

std::string_view advice(const plan_entry& e) {
    switch (e.reason) {
        case frozen_edited:
            return "restore the file from version control and write a new migration instead";
        case frozen_missing:
            return "restore the file from version control";
        case frozen_rewritten:
            return "the emitted migration stays as it is; report this as a bug of the generator";
        case not_a_file:
            return "move away what is at this path";
        default:
            return "take what you want from the file beside it, then delete that one";
    }
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
        append_entry(out, e);
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
        TRY_ASSIGN(auto entry, read_entry(value, "plan.json: files[" + std::to_string(p.entries.size()) + "]"));
        p.entries.push_back(std::move(entry));
    }
    TRY(check_order(p));
    return p;
}

std::string write_conflicts(const plan& p) {
    if (!has_attention(p)) return {};
    std::string out = "{\n  \"format_version\": " + std::to_string(plan_format_version) + ",\n  \"conflicts\": [";
    std::string_view separator = "\n";
    for (const plan_entry& e : p.entries) {
        if (!needs_attention(e)) continue;
        append_field((out += separator) += "    {", "path", e.path);
        append_field(out += ", ", "reason", to_string(e.reason));
        append_field(out += ", ", "mine_sha256", e.before);
        append_field(out += ", ", "base_sha256", e.base);
        if (e.beside) {
            append_field(out += ", ", "theirs_sha256", e.beside->after);
            append_field(out += ", ", "new_path", e.beside->path);
        }
        append_field(out += ", ", "advice", advice(e));
        out += "}";
        separator = ",\n";
    }
    return out += "\n  ]\n}\n";
}

}  // namespace tenon::gen
