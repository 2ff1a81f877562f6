// What was settled by hand ends with the file as the user left it.
#include "generator/settle/by_hand.hpp"

#include "generator/apply/apply.hpp"
#include "generator/apply/status.hpp"
#include "generator/settle/settle.hpp"

namespace tenon::gen {

outcome<bool> lock_to_record(filesystem& project) {
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    TRY_ASSIGN(const auto found, settled_by_hand(known, project));
    if (found.empty()) return false;
    TRY(lock_uninterrupted(project));
    return true;
}

outcome<std::vector<std::string>> record_by_hand(filesystem& project) {
    std::vector<std::string> paths;
    TRY_ASSIGN(const known_manifest known, load_manifest(project));
    TRY_ASSIGN(const auto ended, ended_conflicts(known, project));
    std::vector<decided_conflict> decided;
    for (const waiting_conflict& one : ended) {
        decided.push_back({&one, one.mine});
        paths.push_back(one.path);
    }
    if (!decided.empty()) TRY(settle_conflicts(decided, project));
    return paths;
}

}  // namespace tenon::gen
