// Looks for the marker lines of conflicts, in their order.
#include "generator/plan/conflict_markers.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {

std::optional<std::size_t> find_conflict_markers(std::string_view text) {
    // Almost every text has none, and a search is faster than looking at each line.
    if (text.find("<<<<<<< ") == std::string_view::npos) return std::nullopt;
    constexpr std::array<std::string_view, 3> markers{"<<<<<<< ", "=======", ">>>>>>> "};
    std::size_t next = 0;
    std::size_t line = 1;
    std::size_t first = 0;
    for (std::size_t start = 0; start < text.size(); ++line) {
        const std::string_view rest = text.substr(start);
        if (rest.starts_with(markers[0])) {
            first = line;
            next = 1;
        } else if (next > 0 && rest.starts_with(markers[next]) && ++next == markers.size()) {
            return first;
        }
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) break;
        start += end + 1;
    }
    return std::nullopt;
}

std::optional<merged_sides> sides_of(std::string_view text) {
    if (!find_conflict_markers(text)) return std::nullopt;
    enum class part { both, ours, base, theirs };
    part at = part::both;
    merged_sides out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (at == part::both && line.starts_with("<<<<<<< ")) {
            at = part::ours;
        } else if (at == part::ours && line.starts_with("|||||||")) {
            at = part::base;
        } else if ((at == part::ours || at == part::base) && line.starts_with("=======")) {
            at = part::theirs;
        } else if (at == part::theirs && line.starts_with(">>>>>>> ")) {
            at = part::both;
        } else {
            if (at == part::both || at == part::ours) out.ours += line;
            if (at == part::both || at == part::theirs) out.theirs += line;
        }
    }
    return at == part::both ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace tenon::gen
