// Line diffs by dtl.
#include "generator/apply/diff.hpp"

#include <dtl/dtl.hpp>
#include <sstream>

namespace tenon::gen {
namespace {

constexpr std::size_t max_shown_bytes = std::size_t{1} << 20;

/// Lines without their end. A missing newline at the end of the text is part of its last line, so that it shows.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            lines.back() += "\n\\ No newline at end of file";
            break;
        }
        text.remove_prefix(end + 1);
    }
    return lines;
}

bool is_shown(std::string_view text) {
    return text.size() <= max_shown_bytes && text.find('\0') == std::string_view::npos;
}

std::string paint_line(const std::string& line, const painter& paint) {
    if (line.starts_with("@@")) return paint(colour::cyan, line);
    if (line.starts_with("+")) return paint(colour::green, line);
    if (line.starts_with("-")) return paint(colour::red, line);
    return line;
}

outcome<std::string> text_at(filesystem& project, const std::string& path) {
    TRY_ASSIGN(auto file, project.read(path, max_file_bytes));
    return file ? std::move(file->content) : std::string();
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name, const painter& paint) {
    if (before == after) return {};
    const std::string head =
        paint(colour::bold, "--- " + before_name) + "\n" + paint(colour::bold, "+++ " + after_name) + "\n";
    if (!is_shown(before) || !is_shown(after)) return head + "(binary or large: not shown)\n";
    dtl::Diff<std::string> diff(lines_of(before), lines_of(after));
    diff.onHuge();
    diff.compose();
    diff.composeUnifiedHunks();
    std::ostringstream hunks;
    diff.printUnifiedFormat(hunks);
    std::istringstream lines(paint.enabled() ? printable(hunks.str()) : hunks.str());
    std::string out = head;
    for (std::string line; std::getline(lines, line);) {
        // As every patch tool has it: an empty side starts at line 0.
        if (before.empty() && line.starts_with("@@ -1,0 ")) line.replace(4, 1, "0");
        if (after.empty() && line.ends_with(" +1,0 @@")) line.replace(line.size() - 6, 1, "0");
        out += paint_line(line, paint) + "\n";
    }
    return out;
}

outcome<std::string> diff_of(const std::vector<plan_entry>& entries, filesystem& project, const painter& paint) {
    std::string out;
    for (const plan_entry& e : entries) {
        const bool removes = e.action == plan_action::remove;
        const bool in_conflict = e.beside && e.beside->after != absent;
        const bool shows = removes || in_conflict || (writes_file(e) && e.before != e.after);
        if (!is_pending(e) || !shows) continue;
        const std::string& old_path = e.from && e.from->before != absent ? e.from->path : e.path;
        TRY_ASSIGN(const std::string before, text_at(project, old_path));
        std::string after;
        if (!removes) {
            const digest& content = in_conflict ? e.beside->after : e.after;
            TRY_ASSIGN(after, text_at(project, std::string(stage_directory) + content));
        }
        const std::string& target = in_conflict ? e.beside->path : e.path;
        const bool is_new = e.before == absent && (!e.from || e.from->before == absent);
        out += unified_diff(before, after, is_new ? "/dev/null" : "a/" + old_path,
                            removes ? "/dev/null" : "b/" + target, paint);
    }
    return out;
}

}  // namespace tenon::gen
