// The order of the ways to merge; see the header.
#include "generator/merge/merge.hpp"

#include "generator/merge/text_merge.hpp"

namespace tenon::gen {
namespace {

/// The answers that need no merging.
const std::string_view* settled(const three_texts& sides) {
    if (sides.mine == sides.theirs || sides.theirs == sides.base) return &sides.mine;
    return sides.mine == sides.base ? &sides.theirs : nullptr;
}

}  // namespace

outcome<merged_text> merge_files(std::string_view, const three_texts& sides) {
    if (const std::string_view* same = settled(sides)) return merged_text{std::string(*same), {}};
    if (is_binary(sides.base) || is_binary(sides.mine) || is_binary(sides.theirs)) return whole_conflict(sides);
    return merge_lines(sides);
}

}  // namespace tenon::gen
