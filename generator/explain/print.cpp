// An explanation for people and for programs.
#include <array>

#include "generator/explain/explain.hpp"
#include "generator/plan/json_reading.hpp"
#include "generator/support/report_json.hpp"

namespace tenon::gen {
namespace {

std::string_view name_of(line_kind kind) {
    constexpr std::array<std::string_view, 6> names{"whole_file", "generated", "outdated", "user", "header", "copied"};
    return names[static_cast<std::size_t>(kind)];
}

std::string meaning_of(const explanation& e) {
    switch (e.kind) {
        case line_kind::whole_file:
            return {};
        case line_kind::generated:
            return "from " + e.source + ":" + std::to_string(e.template_line);
        case line_kind::outdated:
            return "generated earlier; what is generated now has no such line";
        case line_kind::user:
            return e.owner == "yours" || e.source.empty()
                       ? "yours, not generated"
                       : "yours, not generated (the rest of the file is from " + e.source + ")";
        case line_kind::header:
            return "says who owns the file; Tenon puts it on top of what " + e.source + " gives";
        case line_kind::copied:
            return e.template_line == 0
                       ? "written by " + e.source + ", once"
                       : "line " + std::to_string(e.template_line) + " of " + e.source + ", copied as it is";
    }
    return {};
}

std::string numbers(const std::vector<std::size_t>& lines) {
    std::string out;
    for (const std::size_t line : lines) out += (out.empty() ? "" : ", ") + std::to_string(line);
    return out;
}

}  // namespace

std::string explanation_text(const explanation& e, const painter& paint) {
    std::string out = paint(colour::bold, e.asked.path) + ": " + e.owner + ", " + e.state + "\n";
    if (e.asked.line == 0 && !e.source.empty()) out += "  from   " + e.source + "\n";
    if (e.asked.line > 0) {
        out += "  line   " + std::to_string(e.asked.line) + " | " + printable(e.text) + "\n";
        out += "  " + paint(colour::cyan, meaning_of(e)) + "\n";
    }
    if (e.spec_line > 0)
        out += "  about  spec.yaml:" + std::to_string(e.spec_line) + " | " + printable(e.spec_text) + "\n";
    if (e.conflict.empty()) return out;
    out += "  what is generated waits in " + e.conflict;
    if (!e.conflict_lines.empty()) out += "; both sides changed the same at line " + numbers(e.conflict_lines);
    return out + "\n  `tenon resolve` shows the three sides\n";
}

std::string explanation_json(const explanation& e) {
    std::string out = report_head(exit_code::clean) + ", \"path\": " + json_quoted(e.asked.path) +
                      ", \"owner\": " + json_quoted(e.owner) + ", \"state\": " + json_quoted(e.state);
    if (!e.source.empty()) out += ", \"source\": " + json_quoted(e.source);
    if (e.asked.line > 0) {
        out += ", \"line\": " + std::to_string(e.asked.line) + ", \"text\": " + json_quoted(e.text) + ", \"kind\": \"" +
               std::string(name_of(e.kind)) + "\"";
    }
    if (e.template_line > 0) out += ", \"source_line\": " + std::to_string(e.template_line);
    if (e.spec_line > 0) out += ", \"spec_line\": " + std::to_string(e.spec_line);
    if (!e.conflict.empty()) {
        out += ", \"conflict\": {\"new_path\": " + json_quoted(e.conflict) + ", \"lines\": [" +
               numbers(e.conflict_lines) + "]}";
    }
    return out + "}\n";
}

}  // namespace tenon::gen
