// Lists open conflicts, or ends them: by a side, or by what a merge tool made.
#include "generator/cli/resolve_command.hpp"

#include <boost/filesystem.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "generator/apply/apply.hpp"
#include "generator/apply/status.hpp"
#include "generator/plan/conflict_markers.hpp"
#include "generator/settle/by_hand.hpp"
#include "generator/settle/settle.hpp"

namespace tenon::gen {
namespace {

namespace fs = boost::filesystem;

/// A directory that goes with this object.
class scratch {
  public:
    scratch() : path_(fs::temp_directory_path() / fs::unique_path("tenon-resolve-%%%%-%%%%-%%%%")) {
        fs::create_directory(path_);
        fs::permissions(path_, fs::owner_all);
    }
    ~scratch() {
        boost::system::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    /// Writes a file, and tells its name to programs that are started as the variable `name`.
    fs::path put(const char* name, const std::string& file, const std::string& text) const {
        const fs::path at = path_ / file;
        std::ofstream(at.string(), std::ios::binary) << text;
        setenv(name, at.c_str(), 1);
        return at;
    }

  private:
    fs::path path_;
};

/// As git-mergetool does it: the tool leaves its result in $MERGED and ends with 0.
outcome<std::string> ask_tool(const waiting_conflict& one, const std::string& tool) {
    const scratch here;
    const std::string name = fs::path(one.path).filename().string();
    here.put("BASE", "BASE_" + name, one.base.value_or(""));
    here.put("LOCAL", "LOCAL_" + name, one.mine.value_or(""));
    here.put("REMOTE", "REMOTE_" + name, one.theirs);
    const fs::path merged = here.put("MERGED", name, one.merged.text);
    if (std::system(tool.c_str()) != 0) {
        return failure{failure_kind::refused, "the merge tool did not succeed for " + one.path + ": it stays as it is"};
    }
    std::ifstream file(merged.string(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (find_conflict_markers(text.str())) {
        return failure{failure_kind::refused,
                       "the merge tool left conflict markers in " + one.path + ": it stays as it is"};
    }
    return text.str();
}

outcome<exit_code> list(const command_line& command, const std::vector<waiting_conflict>& open,
                        const std::vector<std::string>& by_hand) {
    const bool json = command.format == diagnostic_format::json;
    for (const std::string& path : by_hand) {
        if (!json) std::cout << "Recorded as settled by hand: " << path << "\n";
    }
    if (json) {
        std::cout << conflicts_json(open, by_hand);
    } else if (open.empty()) {
        std::cout << "No conflict is open.\n";
    } else {
        std::cout << conflicts_text(open, painter(shows_colour(1)))
                  << "\nEdit the file, then delete the one beside it; or: tenon resolve " << command.directory
                  << " PATH --take mine|theirs|merged\n";
    }
    return open.empty() ? exit_code::clean : exit_code::conflicts;
}

const std::map<std::string, side> sides{{"mine", side::mine}, {"theirs", side::theirs}, {"merged", side::merged}};

}  // namespace

outcome<exit_code> resolve_command(const command_line& command) {
    const bool decides = !command.take.empty() || !command.tool.empty();
    TRY_ASSIGN(const auto project, open_directory(command.directory));
    if (decides) {
        TRY(project->lock());
        TRY(recover(*project));
    } else {
        TRY(refuse_interrupted(*project));
    }
    std::vector<std::string> by_hand;
    if (command.paths.empty()) {
        bool locked = decides;
        if (!locked) {
            TRY_ASSIGN(locked, lock_to_record(*project));
        }
        if (locked) {
            TRY_ASSIGN(by_hand, record_by_hand(*project));
        }
    }
    TRY_ASSIGN(const known_manifest known, load_manifest(*project));
    TRY_ASSIGN(const auto open, open_conflicts(known, *project, command.paths));
    if (!decides) return list(command, open, by_hand);
    std::vector<decided_conflict> decided;
    std::vector<std::string> settled = std::move(by_hand);
    for (const waiting_conflict& one : open) {
        // All or nothing: the first that cannot be decided leaves every one as it is.
        auto text = command.tool.empty() ? take_side(one, sides.at(command.take)) : ask_tool(one, command.tool);
        if (!text) return std::move(text).error();
        decided.push_back({&one, std::move(*text)});
        settled.push_back(one.path);
    }
    if (!decided.empty()) TRY(settle_conflicts(decided, *project));
    TRY_ASSIGN(const known_manifest after, load_manifest(*project));
    TRY_ASSIGN(const auto left, open_conflicts(after, *project, {}));
    if (command.format == diagnostic_format::json) {
        std::cout << conflicts_json(left, settled);
    } else {
        for (const std::string& path : settled) std::cout << "Settled " << path << "\n";
        std::cout << (left.empty() ? "No conflict is open.\n" : std::to_string(left.size()) + " still open.\n");
    }
    return left.empty() ? exit_code::clean : exit_code::conflicts;
}

}  // namespace tenon::gen
