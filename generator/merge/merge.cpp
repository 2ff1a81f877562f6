// The order of the ways to merge; see the header.
#include "generator/merge/merge.hpp"

#include "generator/merge/cmake_lists.hpp"
#include "generator/merge/line_ends.hpp"
#include "generator/merge/outlines.hpp"
#include "generator/merge/regions.hpp"
#include "generator/merge/text_merge.hpp"

namespace tenon::gen {
namespace {

/// The answers that need no merging.
const std::string_view* settled(const three_texts& sides) {
    if (sides.mine == sides.theirs || sides.theirs == sides.base) return &sides.mine;
    return sides.mine == sides.base ? &sides.theirs : nullptr;
}

bool is_cmake(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return name == "CMakeLists.txt" || name.ends_with(".cmake");
}

/// Lines first; where those meet, the arguments of lists.
outcome<merged_text> merge_cmake(const three_texts& sides) {
    TRY_ASSIGN(merged_text lines, merge_lines(sides));
    if (lines.conflicts.empty()) return lines;
    const three_owned_texts listed = with_merged_lists(sides);
    TRY_ASSIGN(merged_text merged, merge_lines(listed.view()));
    return merged.conflicts.empty() ? std::move(merged) : std::move(lines);
}

/// Merges entries of one kind of file, when all three sides can be read as such.
class entry_merge {
  public:
    entry_merge(const outline_kind& kind, const three_texts& sides) : kind_(kind) {
        base_ = kind.outline(sides.base);
        mine_ = kind.outline(sides.mine);
        theirs_ = kind.outline(sides.theirs);
        readable_ =
            mine_ && theirs_ && (base_ || sides.base.empty()) && kind.parses(sides.mine) && kind.parses(sides.theirs);
        if (!base_) base_ = entry{};
    }

    bool readable() const { return readable_; }
    /// Still a file of its kind, each entry there once, and all that the user added.
    bool is_sound(std::string_view text) const {
        const auto merged = kind_.outline(text);
        return merged && kind_.parses(text) && keeps_added_entries(*base_, *mine_, *merged);
    }
    std::optional<std::string> run() const {
        const auto merged = merge_entries(base_->container ? &*base_ : nullptr, *mine_, *theirs_);
        if (!merged) return std::nullopt;
        std::string text = text_of(*merged, kind_.separator);
        if (!is_sound(text)) return std::nullopt;
        return text;
    }

  private:
    outline_kind kind_;
    std::optional<entry> base_, mine_, theirs_;
    bool readable_ = false;
};

/// Lines first; where those meet or would leave a broken file, entries.
outcome<merged_text> merge_outlined(const outline_kind& kind, const three_texts& sides) {
    TRY_ASSIGN(merged_text lines, merge_lines(sides));
    const entry_merge entries(kind, sides);
    if (!entries.readable()) return lines;
    if (lines.conflicts.empty() && entries.is_sound(lines.text)) return lines;
    if (auto text = entries.run()) return merged_text{std::move(*text), {}};
    return lines.conflicts.empty() ? whole_conflict(sides) : std::move(lines);
}

outcome<merged_text> merge_by_kind(std::string_view path, const three_texts& sides) {
    if (const std::string_view* same = settled(sides)) return merged_text{std::string(*same), {}};
    if (is_cmake(path)) return merge_cmake(sides);
    if (const auto kind = outline_kind_of(path)) return merge_outlined(*kind, sides);
    return merge_lines(sides);
}

outcome<merged_text> merge_with_regions(std::string_view path, const three_texts& sides) {
    const folded_regions folded(sides);
    if (folded.any()) {
        TRY_ASSIGN(merged_text merged, merge_by_kind(path, folded.sides()));
        if (folded.unfold(merged) && (!merged.conflicts.empty() || keeps_edited_regions(merged.text, sides))) {
            return merged;
        }
    }
    TRY_ASSIGN(merged_text merged, merge_by_kind(path, sides));
    if (merged.conflicts.empty() && !keeps_edited_regions(merged.text, sides)) return whole_conflict(sides);
    return merged;
}

}  // namespace

outcome<merged_text> merge_files(std::string_view path, const three_texts& sides) {
    if (const std::string_view* same = settled(sides)) return merged_text{std::string(*same), {}};
    if (is_binary(sides.base) || is_binary(sides.mine) || is_binary(sides.theirs)) return whole_conflict(sides);
    const even_line_ends even(sides);
    TRY_ASSIGN(merged_text merged, merge_with_regions(path, even.sides()));
    return even.restored(std::move(merged));
}

}  // namespace tenon::gen
