// One call to git_merge_file, and the conflicts read back from its text.
#include "generator/merge/text_merge.hpp"

#include <git2.h>

#include <algorithm>
#include <limits>

#include "generator/merge/lines.hpp"

namespace tenon::gen {
namespace {

constexpr std::size_t usual_marker = GIT_MERGE_CONFLICT_MARKER_SIZE;
constexpr std::string_view mine_label = "mine";
constexpr std::string_view base_label = "base";
constexpr std::string_view theirs_label = "theirs";

/// libgit2 counts these calls; once per process is enough, and it is thread-safe here.
void start_libgit2() {
    static const int started = git_libgit2_init();
    static_cast<void>(started);
}

git_merge_file_input input_of(std::string_view text) {
    git_merge_file_input input{};
    git_merge_file_input_init(&input, GIT_MERGE_FILE_INPUT_VERSION);
    input.ptr = text.empty() ? "" : text.data();
    input.size = text.size();
    return input;
}

struct merge_answer {
    bool clean = false;
    std::string text;
};

outcome<merge_answer> run_merge(const three_texts& sides, std::uint32_t flags, std::size_t marker_size) {
    start_libgit2();
    git_merge_file_options options{};
    git_merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
    options.ancestor_label = base_label.data();
    options.our_label = mine_label.data();
    options.their_label = theirs_label.data();
    options.flags = flags;
    options.marker_size = static_cast<unsigned short>(marker_size);
    const git_merge_file_input base = input_of(sides.base);
    const git_merge_file_input mine = input_of(sides.mine);
    const git_merge_file_input theirs = input_of(sides.theirs);
    git_merge_file_result result{};
    if (git_merge_file(&result, &base, &mine, &theirs, &options) != 0) {
        const git_error* why = git_error_last();
        return failure{failure_kind::io, std::string("cannot merge: ") + (why ? why->message : "libgit2 failed")};
    }
    merge_answer answer{result.automergeable != 0, std::string(result.ptr ? result.ptr : "", result.len)};
    git_merge_file_result_free(&result);
    return answer;
}

/// The longest run of a marker's character at the start of any line: markers that are longer cannot be mistaken.
std::size_t longest_marker_in(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (std::string_view("<|=>").find(line.front()) == std::string_view::npos) continue;
        longest = std::max(longest, std::min(line.find_first_not_of(line.front()), line.size()));
    }
    return longest;
}

/// A conflict as it stands in the merged text: its hunk, and the line above it there.
struct found_conflict {
    conflict_hunk hunk;
    std::string_view above;
};

/// Reads back what run_merge wrote with markers of `size` characters that no line of the sides begins with.
std::vector<found_conflict> read_conflicts(std::string_view text, std::size_t size) {
    const auto is_marker = [&](std::string_view line, char c) { return line.find_first_not_of(c) == size; };
    std::vector<found_conflict> found;
    std::string* into = nullptr;
    std::string_view above;
    for (const std::string_view line : lines_of(text)) {
        if (into == nullptr && is_marker(line, '<')) {
            found.push_back({{}, above});
            into = &found.back().hunk.mine;
        } else if (into != nullptr && is_marker(line, '|')) {
            into = &found.back().hunk.base;
        } else if (into != nullptr && is_marker(line, '=')) {
            into = &found.back().hunk.theirs;
        } else if (into != nullptr && is_marker(line, '>')) {
            into = nullptr;
        } else if (into != nullptr) {
            into->append(line);
        } else {
            above = line;
        }
    }
    return found;
}

/// git ends the last line of a hunk with a newline even when the text does not.
bool same_line(std::string_view a, std::string_view b) {
    if (a.ends_with('\n')) a.remove_suffix(1);
    if (b.ends_with('\n')) b.remove_suffix(1);
    return a == b;
}

bool stands_at(const std::vector<std::string_view>& mine, std::size_t at, const std::vector<std::string_view>& wanted) {
    return at + wanted.size() <= mine.size() &&
           std::equal(wanted.begin(), wanted.end(), mine.begin() + static_cast<std::ptrdiff_t>(at), same_line);
}

/// For each hunk the last place in mine that leaves room for those behind it.
std::vector<std::size_t> last_places(const std::vector<found_conflict>& found,
                                     const std::vector<std::string_view>& mine) {
    std::vector<std::size_t> last(found.size());
    std::size_t end = mine.size();
    for (std::size_t i = found.size(); i-- > 0;) {
        const auto wanted = lines_of(found[i].hunk.mine);
        std::size_t at = end - std::min(end, wanted.size());
        while (at > 0 && !stands_at(mine, at, wanted)) --at;
        last[i] = end = at;
    }
    return last;
}

/// Finds the hunks in mine, in their order: where one may stand in several places, right below the line above it.
std::vector<conflict_hunk> placed(std::vector<found_conflict> found, std::string_view mine_text) {
    const auto mine = lines_of(mine_text);
    const auto last = last_places(found, mine);
    std::vector<conflict_hunk> hunks;
    std::size_t from = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto wanted = lines_of(found[i].hunk.mine);
        std::size_t best = last[i];
        for (std::size_t at = last[i] + 1; at-- > from;) {
            if (!stands_at(mine, at, wanted)) continue;
            best = at;
            if (at == 0 ? found[i].above.empty() : mine[at - 1] == found[i].above) break;
        }
        found[i].hunk.line = best + 1;
        from = best + wanted.size();
        hunks.push_back(std::move(found[i].hunk));
    }
    return hunks;
}

}  // namespace

bool is_binary(std::string_view text) {
    constexpr std::size_t looked_at_bytes = 8000;
    return text.substr(0, looked_at_bytes).find('\0') != std::string_view::npos;
}

merged_text whole_conflict(const three_texts& sides) {
    merged_text merged;
    merged.text = sides.mine;
    merged.conflicts.push_back({1, std::string(sides.base), std::string(sides.mine), std::string(sides.theirs)});
    return merged;
}

outcome<merged_text> merge_lines(const three_texts& sides) {
    // git joins what both sides changed alike, which the style with the base (diff3) does not; so that one comes
    // second.
    TRY_ASSIGN(merge_answer plain, run_merge(sides, GIT_MERGE_FILE_SIMPLIFY_ALNUM, usual_marker));
    if (plain.clean) return merged_text{std::move(plain.text), {}};
    const std::size_t taken =
        std::max({longest_marker_in(sides.base), longest_marker_in(sides.mine), longest_marker_in(sides.theirs)});
    if (taken >= std::numeric_limits<unsigned short>::max()) return whole_conflict(sides);
    TRY_ASSIGN(merge_answer shown, run_merge(sides, GIT_MERGE_FILE_STYLE_DIFF3, usual_marker));
    merged_text merged{std::move(shown.text), {}};
    const std::size_t size = std::max(usual_marker, taken + 1);
    if (size == usual_marker) {
        merged.conflicts = placed(read_conflicts(merged.text, size), sides.mine);
        return merged;
    }
    TRY_ASSIGN(const merge_answer marked, run_merge(sides, GIT_MERGE_FILE_STYLE_DIFF3, size));
    merged.conflicts = placed(read_conflicts(marked.text, size), sides.mine);
    return merged;
}

}  // namespace tenon::gen
