// Formats the outcome of verify.
#include "generator/cli/verify_report.hpp"

#include <algorithm>

#include "generator/plan/json_reading.hpp"
#include "generator/plan/summary.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_annotations = 50;

bool is_shown(const plan_entry& e) {
    return is_pending(e) || needs_attention(e) || is_left_behind(e);
}

std::string_view status_of(exit_code code) {
    return code == exit_code::clean ? "clean" : code == exit_code::conflicts ? "conflicts" : "pending";
}

}  // namespace

std::string verify_json(exit_code code, const plan& p, const std::vector<std::string>& waiting) {
    std::string out = "{\"format_version\": 1, \"status\": \"" + std::string(status_of(code)) +
                      "\", \"exit_code\": " + std::to_string(static_cast<int>(code)) + ",\n \"waiting\": [";
    for (const std::string& path : waiting) out += (&path == waiting.data() ? "" : ", ") + json_quoted(path);
    out += "],\n \"files\": [";
    std::string_view separator = "\n  ";
    for (const plan_entry& e : p.entries) {
        if (!is_shown(e)) continue;
        (out += separator) += "{\"path\": " + json_quoted(e.path) + ", \"action\": \"" +
                              std::string(to_string(e.action)) + "\", \"reason\": \"" +
                              std::string(to_string(e.reason)) + "\"}";
        separator = ",\n  ";
    }
    return out + "]}\n";
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
