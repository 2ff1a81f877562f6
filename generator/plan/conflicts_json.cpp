// conflicts.json: each conflict with its three sides, for people, editors and programs that decide.
#include <algorithm>

#include "generator/plan/bases.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"
#include "generator/plan/plan_entry_json.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_hunk_bytes = std::size_t{64} << 10;

std::string_view advice(const plan_entry& e) {
    switch (e.reason) {
        case plan_reason::frozen_edited:
            return "restore the file from version control and write a new migration instead";
        case plan_reason::frozen_missing:
            return "restore the file from version control";
        case plan_reason::frozen_rewritten:
            return "the emitted migration stays as it is; report this as a bug of the generator";
        case plan_reason::not_a_file:
            return "move away what is at this path";
        case plan_reason::vendored_edited:
            return "the runtime is not merged: make your change in the file beside it too, then put that in place of "
                   "this "
                   "one; or keep this one and delete that";
        default:
            return "take what you want from the file beside it, then delete that one";
    }
}

void append_side(std::string& out, std::string_view name, std::string_view path, const digest& content) {
    if (content == absent) return;
    append_field((out += ",\n     \"").append(name) += "\": {", "path", path);
    append_field(out += ", ", "sha256", content);
    out += "}";
}

/// Texts that JSON cannot hold, or nobody would look at, are left to the files themselves.
bool is_shown(const conflict_hunk& hunk) {
    const auto fits = [](const std::string& text) {
        return text.size() <= max_hunk_bytes && !find_invalid_utf8(text) && text.find('\0') == std::string::npos;
    };
    return fits(hunk.base) && fits(hunk.mine) && fits(hunk.theirs);
}

void append_hunks(std::string& out, const std::vector<conflict_hunk>& hunks) {
    if (hunks.empty() || !std::all_of(hunks.begin(), hunks.end(), is_shown)) return;
    out += ",\n     \"hunks\": [";
    for (const conflict_hunk& hunk : hunks) {
        out += &hunk == hunks.data() ? "\n" : ",\n";
        out += "       {\"line\": " + std::to_string(hunk.line) + ", ";
        append_field(out, "base", hunk.base);
        append_field(out += ", ", "mine", hunk.mine);
        append_field(out += ", ", "theirs", hunk.theirs);
        out += "}";
    }
    out += "]";
}

void append_conflict(std::string& out, const plan_entry& e) {
    append_field(out += "    {", "path", e.path);
    append_field(out += ", ", "reason", to_string(e.reason));
    append_field(out += ",\n     ", "advice", advice(e));
    append_side(out, "mine", e.path, e.after);
    if (keeps_base(e.owner)) append_side(out, "base", bases_path, e.base);
    if (e.beside) append_side(out, "theirs", e.beside->path, e.beside->after);
    if (e.beside && e.beside->before != e.beside->after) {
        append_field(out += ",\n     ", "staged_theirs", std::string(stage_directory) + e.beside->after);
    }
    append_hunks(out, e.hunks);
    out += "}";
}

}  // namespace

std::string write_conflicts(const std::vector<plan_entry>& entries) {
    std::string out;
    for (const plan_entry& e : entries) {
        if (!needs_attention(e)) continue;
        append_conflict(out += out.empty() ? "\n" : ",\n", e);
    }
    if (out.empty()) return out;
    return "{\n  \"format_version\": " + std::to_string(plan_format_version) + ",\n  \"conflicts\": [" + out +
           "\n  ]\n}\n";
}

}  // namespace tenon::gen
