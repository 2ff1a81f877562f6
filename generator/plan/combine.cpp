// Merging, and choosing a side for each place that does not merge.
#include "generator/plan/combine.hpp"

namespace tenon::gen {
namespace {

/// A text that ends in a line end, as it stands between two markers.
std::string as_lines(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out.back() != '\n') out += '\n';
    return out;
}

/// `merged.text` with every conflict replaced by one of its sides, or that whole side where the merge's markers cannot
/// be told from the text around them.
std::string choose(const merged_text& merged, const three_texts& sides, conflict_policy policy) {
    const bool mine = policy == conflict_policy::mine;
    const std::string whole(mine ? sides.mine : sides.theirs);
    std::string out = merged.text;
    std::size_t from = 0;
    for (const conflict_hunk& hunk : merged.conflicts) {
        const std::string marked = "<<<<<<< mine\n" + as_lines(hunk.mine) + "||||||| base\n" + as_lines(hunk.base) +
                                   "=======\n" + as_lines(hunk.theirs) + ">>>>>>> theirs\n";
        const auto at = out.find(marked, from);
        if (at == std::string::npos) return whole;
        const std::string& side = mine ? hunk.mine : hunk.theirs;
        const bool at_end = at + marked.size() == out.size();
        const std::string text = at_end ? side : as_lines(side);
        out.replace(at, marked.size(), text);
        from = at + text.size();
    }
    return out;
}

}  // namespace

outcome<combination> combine(std::string_view path, const three_texts& sides, conflict_policy policy) {
    TRY_ASSIGN(merged_text merged, merge_files(path, sides));
    combination made;
    made.clean = merged.conflicts.empty();
    made.chosen = !made.clean && (policy == conflict_policy::mine || policy == conflict_policy::theirs);
    if (made.clean) made.text = std::move(merged.text);
    if (made.chosen) made.text = choose(merged, sides, policy);
    made.hunks = std::move(merged.conflicts);
    return made;
}

outcome<std::vector<conflict_hunk>> conflict_hunks(std::string_view path, const std::optional<std::string>& base,
                                                   const std::string& mine, const std::string& theirs) {
    if (!base) return std::vector<conflict_hunk>{{1, {}, mine, theirs}};
    TRY_ASSIGN(auto made, combine(path, {*base, mine, theirs}, conflict_policy::beside));
    return std::move(made.hunks);
}

}  // namespace tenon::gen
