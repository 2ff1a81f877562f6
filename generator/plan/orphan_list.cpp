// Judges the files that only the manifest knows, as the plan will, and lists the sources that stay.
#include "generator/plan/orphan_list.hpp"

#include "generator/plan/judge_move.hpp"
#include "generator/plan/judge_path.hpp"

namespace tenon::gen {
namespace {

bool is_compiled(std::string_view path) {
    return path.ends_with(".cpp") && (path.starts_with("src/") || path.starts_with("tests/"));
}

bool stays(const plan_entry& e) {
    return e.before != absent && e.action != plan_action::remove && e.action != plan_action::error;
}

std::string list_text(const std::vector<std::string>& paths) {
    std::string out =
        "# Sources that nothing generates any more, kept because you wrote or edited them. They are not compiled: "
        "what\n"
        "# they belong to is gone. Delete a file to take it off this list; rename it to compile it as your own.\n"
        "set(folders src)\n"
        "if(BUILD_TESTING)\n"
        "  list(APPEND folders tests)\n"
        "endif()\n"
        "set_source_files_properties(\n";
    for (const std::string& path : paths) out += "  ${PROJECT_SOURCE_DIR}/" + path + "\n";
    return out + "  DIRECTORY ${folders} PROPERTIES HEADER_FILE_ONLY ON)\n";
}

}  // namespace

outcome<void> add_orphan_list(tree& t, const known_manifest& before, filesystem& project) {
    const plan_wishes no_wishes;
    plan_work work{t, before.content, before.bases, project, no_wishes};
    TRY_ASSIGN(const planned_moves moves, find_moves(work));
    for (const auto& [path, known] : before.content.files) {
        const bool settled = t.files.contains(path) || moves.gone.contains(path) || known.owner == owner_class::frozen;
        if (settled || !is_compiled(path)) continue;
        TRY(judge_path(work, {path, nullptr, &known}));
    }
    std::vector<std::string> paths;
    for (const plan_entry& e : work.made.entries) {
        if (stays(e)) paths.push_back(e.path);
    }
    if (paths.empty()) return {};
    tree_file list;
    list.content = list_text(paths);
    list.origin = "files that are no longer generated";
    t.files.insert_or_assign(std::string(orphan_list_path), std::move(list));
    return {};
}

}  // namespace tenon::gen
