// Open conflicts for people and for programs.
#include "generator/plan/json_reading.hpp"
#include "generator/settle/open_conflicts.hpp"
#include "generator/support/report_json.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t max_shown_lines = 12;

void append_side(std::string& out, const painter& paint, colour look, std::string_view title, std::string_view text) {
    if (text.empty())
        out += "      " + paint(look, std::string(title) + " | ") + paint(colour::dim, "(nothing)") + "\n";
    for (std::size_t lines = 0; !text.empty(); ++lines) {
        if (lines == max_shown_lines) {
            out += "             …\n";
            return;
        }
        const auto end = std::min(text.find('\n'), text.size());
        out += "      " + paint(look, std::string(title) + " | ") + printable(text.substr(0, end)) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::string text_json(const std::string& text) {
    return find_invalid_utf8(text) ? "null" : json_quoted(text);
}

}  // namespace

std::string conflicts_text(const std::vector<waiting_conflict>& all, const painter& paint) {
    std::string out;
    for (const waiting_conflict& one : all) {
        out += paint(colour::bold, one.path) + "\n";
        out += "    mine   " + one.path + (one.mine ? "\n" : " (deleted)\n");
        out += "    theirs " + one.beside + (one.theirs == one.written ? "\n" : " (edited by you)\n");
        out += "    base   " + (one.base ? std::string(bases_path) + ", at \"file " + one.path + "\"" : "none") + "\n";
        for (const conflict_hunk& hunk : one.merged.conflicts) {
            out += "    line " + std::to_string(hunk.line) + "\n";
            append_side(out, paint, colour::green, "mine  ", hunk.mine);
            append_side(out, paint, colour::dim, "base  ", hunk.base);
            append_side(out, paint, colour::cyan, "theirs", hunk.theirs);
        }
        if (one.merged.conflicts.empty()) out += "    merges cleanly now: --take merged\n";
    }
    return out;
}

std::string conflicts_json(const std::vector<waiting_conflict>& open, const std::vector<std::string>& settled) {
    std::string out = report_head(open.empty() ? exit_code::clean : exit_code::conflicts) + ",\n \"settled\": [";
    for (const std::string& path : settled) out += (&path == settled.data() ? "" : ", ") + json_quoted(path);
    out += "],\n \"open\": [";
    for (const waiting_conflict& one : open) {
        out += &one == open.data() ? "\n" : ",\n";
        out += "  {\"path\": " + json_quoted(one.path) + ", \"new_path\": " + json_quoted(one.beside);
        if (one.base) out += ", \"base_path\": " + json_quoted(bases_path);
        out += std::string(", \"merges_cleanly\": ") + (one.merged.conflicts.empty() ? "true" : "false");
        out += ", \"hunks\": [";
        for (const conflict_hunk& hunk : one.merged.conflicts) {
            out += &hunk == one.merged.conflicts.data() ? "\n" : ",\n";
            out += "    {\"line\": " + std::to_string(hunk.line) + ", \"base\": " + text_json(hunk.base) +
                   ", \"mine\": " + text_json(hunk.mine) + ", \"theirs\": " + text_json(hunk.theirs) + "}";
        }
        out += "]}";
    }
    return out + (open.empty() ? "]}\n" : "\n ]}\n");
}

}  // namespace tenon::gen
