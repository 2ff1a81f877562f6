// Git's conflict markers, where a merge was committed half done.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::gen {

/// The line (from 1) of the first "<<<<<<< " that is followed by "=======" and ">>>>>>> " at the start of later lines.
std::optional<std::size_t> find_conflict_markers(std::string_view text);

struct merged_sides {
    std::string ours;
    std::string theirs;
};

/// The text as git would have left it had one side won every conflict; nothing when it has none.
std::optional<merged_sides> sides_of(std::string_view text);

}  // namespace tenon::gen
