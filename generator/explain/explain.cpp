// Puts together what the manifest, the disk and one more rendering know about a line.
#include "generator/explain/explain.hpp"

#include <algorithm>
#include <cctype>

#include "generator/explain/line_map.hpp"
#include "generator/merge/merge.hpp"
#include "generator/plan/plan.hpp"
#include "generator/render/trace.hpp"

namespace tenon::gen {
namespace {

constexpr std::string_view runtime_prefix = "third_party/tenon/";

/// The versions of the file; nothing where it is not there.
struct versions {
    std::optional<std::string> mine, base, waiting;
    std::optional<traced_file> theirs;
};

outcome<std::optional<std::string>> text_at(filesystem& project, const std::string& path) {
    TRY_ASSIGN(auto file, project.read(path, max_file_bytes));
    return file ? std::optional(std::move(file->content)) : std::nullopt;
}

/// A file that comes with Tenon, or the spec: traced as lines of itself.
std::optional<traced_file> copied(const std::string& path, const render_input& input) {
    traced_file out;
    if (path == "spec.yaml") {
        out.file.origin = "the spec itself";
        out.file.content = std::string(input.spec_text);
        return out;
    }
    if (path == "spec.schema.json" && !input.editor_schema.empty()) {
        out.file.origin = "schemas/spec.schema.json";
        out.file.content = std::string(input.editor_schema);
        return out;
    }
    if (!path.starts_with(runtime_prefix)) return std::nullopt;
    const auto found = input.runtime.find(path.substr(runtime_prefix.size()));
    if (found == input.runtime.end()) return std::nullopt;
    out.file.origin = "runtime/" + found->first;
    out.file.content = std::string(found->second);
    return out;
}

outcome<versions> versions_of(const std::string& path, filesystem& project, const base_texts& bases,
                              const model& product, const render_input& input) {
    versions v;
    TRY_ASSIGN(v.mine, text_at(project, path));
    v.base = bases.find(path);
    v.waiting = bases.find(waiting_name(path));
    auto traced = trace(product, input, path);
    if (!traced) {
        const template_error& wrong = traced.error();
        return failure{failure_kind::malformed, wrong.file + ":" + std::to_string(wrong.line) + ": " + wrong.message};
    }
    v.theirs = *traced ? std::move(*traced) : copied(path, input);
    return v;
}

/// The file that this one waits beside, while a conflict is open.
std::string waits_for(const std::string& path, const manifest& known) {
    for (const auto& [file, entry] : known.files) {
        if (entry.conflict == path) return file;
    }
    return {};
}

bool is_record(const std::string& path) {
    return path.starts_with(".tenon/") || path == former_plan_path || path == former_conflicts_path;
}

std::string state_of(const versions& v, const manifest_entry* known) {
    if (known != nullptr && known->owner == owner_class::frozen) {
        return v.mine ? "emitted once, never changed" : "missing: restore it from version control";
    }
    if (!v.mine) return known != nullptr ? "deleted by you; --restore brings it back" : "not there yet: apply the plan";
    if (known != nullptr && !known->conflict.empty()) return "in conflict";
    if (known == nullptr && !v.theirs) return "not generated";
    if (known != nullptr && known->owner == owner_class::seeded) return "written once, yours since then";
    if (!v.theirs)
        return v.mine == v.base ? "no longer generated: the next plan deletes it"
                                : "edited by you, no longer generated";
    const std::string& theirs = v.theirs->file.content;
    if (*v.mine == theirs) return "as generated";
    if (known != nullptr && known->owner == owner_class::vendored) {
        const auto& all = known->digests;
        const bool untouched = std::find(all.begin(), all.end(), sha256(*v.mine)) != all.end();
        return untouched ? "as generated earlier: the next plan updates it"
                         : "edited by you; upgrades are not merged into it";
    }
    if (!v.base) return "there before Tenon generated it";
    if (*v.mine == *v.base) return "as generated earlier: the next plan updates it";
    return *v.base == theirs ? "edited by you" : "edited by you, and generated differently now";
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const bool starts = at == 0 || !is_word(text[at - 1]);
        const std::size_t end = at + word.size();
        if (starts && (end == text.size() || !is_word(text[end]))) return true;
    }
    return false;
}

/// SQL names the entity by its table: in the line itself, or above it in the same statement.
std::optional<source_range> place_in_sql(const std::vector<std::string_view>& lines, std::size_t line,
                                         const model& product) {
    for (std::size_t at = line; at > 0; --at) {
        if (at < line && lines[at - 1].ends_with(';')) break;
        for (const entity_model& entity : product.entities) {
            if (!has_word(lines[at - 1], entity.table)) continue;
            const auto field = std::find_if(entity.fields.begin(), entity.fields.end(), [&](const field_model& one) {
                return has_word(lines[line - 1], one.columns.empty() ? one.member : one.columns[0].name);
            });
            return field == entity.fields.end() ? entity.at : field->at;
        }
    }
    return std::nullopt;
}

void set_spec(explanation& e, std::size_t offset, const render_input& input) {
    const line_index index(input.spec_text);
    e.spec_line = index.place(offset).line;
    e.spec_text = std::string(index.line(e.spec_line));
}

void explain_rendered(explanation& e, const versions& v, const render_input& input) {
    const auto now = same_line(*v.mine, v.theirs->file.content, e.asked.line);
    if (!now) {
        const bool earlier = v.base && same_line(*v.mine, *v.base, e.asked.line);
        e.kind = earlier ? line_kind::outdated : line_kind::user;
        return;
    }
    if (v.theirs->lines.empty()) {
        e.kind = line_kind::copied;
        e.template_line = *now;
        return;
    }
    const line_origin& origin = v.theirs->lines.at(*now - 1);
    e.kind = origin.template_line == 0 ? line_kind::header : line_kind::generated;
    e.template_line = origin.template_line;
    if (origin.spec) set_spec(e, *origin.spec, input);
}

outcome<void> explain_line(explanation& e, const versions& v, const model& product, const render_input& input) {
    if (e.asked.line == 0) return {};
    const auto lines = lines_of_text(v.mine ? *v.mine : std::string_view{});
    if (e.asked.line > lines.size()) {
        return failure{
            failure_kind::refused, "'" + e.asked.path + "' has " + std::to_string(lines.size()) + " lines", {}};
    }
    e.text = std::string(lines[e.asked.line - 1]);
    if (v.theirs) {
        explain_rendered(e, v, input);
        return {};
    }
    e.kind = e.owner == "frozen"                                   ? line_kind::copied
             : v.base && same_line(*v.mine, *v.base, e.asked.line) ? line_kind::outdated
                                                                   : line_kind::user;
    if (e.owner != "frozen" || !e.asked.path.ends_with(".sql")) return {};
    if (const auto at = place_in_sql(lines, e.asked.line, product)) set_spec(e, at->offset, input);
    return {};
}

outcome<void> explain_conflict(explanation& e, const versions& v) {
    if (e.conflict.empty() || !v.mine || !v.waiting) return {};
    const std::string_view base = v.base ? std::string_view(*v.base) : std::string_view{};
    TRY_ASSIGN(const merged_text merged, merge_files(e.asked.path, {base, *v.mine, *v.waiting}));
    for (const conflict_hunk& hunk : merged.conflicts) e.conflict_lines.push_back(hunk.line);
    return {};
}

}  // namespace

outcome<explanation> explain(const explain_request& asked, filesystem& project, const known_manifest& known,
                             const model& product, const render_input& input) {
    explanation e;
    e.asked = asked;
    const auto found = known.content.files.find(asked.path);
    const manifest_entry* entry = found == known.content.files.end() ? nullptr : &found->second;
    TRY_ASSIGN(const versions v, versions_of(asked.path, project, known.bases, product, input));
    if (!v.mine && entry == nullptr && !v.theirs) {
        return failure{failure_kind::refused, "'" + asked.path + "' is no file of the project",
                       "give FILE or FILE:LINE, as compilers print it"};
    }
    e.owner = entry != nullptr ? std::string(to_string(entry->owner))
              : v.theirs       ? std::string(to_string(v.theirs->file.owner))
                               : "yours";
    const std::string beside = waits_for(asked.path, known.content);
    const bool record = is_record(asked.path);
    if (record && entry == nullptr) e.owner = "tenon";
    e.state = record            ? "Tenon's own record"
              : !beside.empty() ? "what is generated for " + beside + ", waiting for you to decide"
                                : state_of(v, entry);
    if (record) e.source = "Tenon";
    if (v.theirs) e.source = v.theirs->file.origin;
    if (!v.theirs && e.owner == "frozen") e.source = "the migrations";
    if (entry != nullptr) e.conflict = entry->conflict;
    TRY(explain_line(e, v, product, input));
    if (record && asked.line > 0) e.kind = line_kind::copied;
    TRY(explain_conflict(e, v));
    return e;
}

}  // namespace tenon::gen
