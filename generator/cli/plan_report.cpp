// Formats what generate planned, and what verify found.
#include "generator/cli/plan_report.hpp"

#include <algorithm>

#include "generator/plan/gate.hpp"
#include "generator/plan/json_reading.hpp"
#include "generator/plan/summary.hpp"
#include "generator/support/report_json.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_annotations = 50;

bool is_shown(const plan_entry& e) {
    return is_pending(e) || needs_attention(e) || is_left_behind(e);
}

std::string texts_json(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) out += (out.size() > 1 ? ", " : "") + json_quoted(text);
    return out + "]";
}

/// Those that somebody should know about.
std::string files_json(const plan& p) {
    std::string out = "[";
    std::string_view separator = "\n  ";
    for (const plan_entry& e : p.entries) {
        if (!is_shown(e)) continue;
        (out += separator) += "{\"path\": " + json_quoted(e.path) + ", \"action\": \"" +
                              std::string(to_string(e.action)) + "\", \"reason\": \"" +
                              std::string(to_string(e.reason)) + "\"}";
        separator = ",\n  ";
    }
    return out + "]";
}

}  // namespace

std::string verify_json(exit_code code, const plan& p, const std::vector<std::string>& waiting) {
    return report_head(code) + ",\n \"waiting\": " + texts_json(waiting) + ",\n \"files\": " + files_json(p) + "}\n";
}

std::string generate_json(exit_code code, const plan& p, const std::string& directory,
                          const std::vector<std::string>& caught) {
    std::string out = caught.empty() ? report_head(code) : report_head(code, gate_message(caught), gate_hint);
    out +=
        ",\n \"directory\": " + json_quoted(directory) + ",\n \"caught\": " + texts_json(caught) + ",\n \"impacts\": [";
    if (!p.impacts.empty()) out += "\n" + write_impacts(p.impacts, "  ") + "\n ";
    return out + "],\n \"files\": " + files_json(p) + "}\n";
}

std::string verify_annotations(const plan& p, const std::vector<std::string>& waiting) {
    std::string out;
    std::size_t shown = 0;
    std::size_t wrong = 0;
    const auto add = [&](std::string_view level, const std::string& path, std::string_view what) {
        if (level == "error") ++wrong;
        if (++shown > max_annotations) return;
        out += "::" + std::string(level) + " file=" + path + "::" + path + ": " + std::string(what) + "\n";
    };
    for (const plan_entry& e : p.entries) {
        if (!is_shown(e)) continue;
        const bool is_note = is_left_behind(e) && !is_pending(e);
        add(is_note ? "warning" : "error", e.path, explain(e.reason));
    }
    for (const std::string& path : waiting) add("error", path, "waits for a decision: `tenon resolve`");
    if (shown > max_annotations) out += "::error::and " + std::to_string(shown - max_annotations) + " files more\n";
    if (wrong > 0)
        out +=
            "::error::The tree is not what spec.yaml generates: tenon generate spec.yaml --out ., then apply-plan . "
            "--apply\n";
    return out;
}

}  // namespace tenon::gen
