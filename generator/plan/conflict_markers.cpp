// Looks for the three marker lines of a conflict, in their order.
#include "generator/plan/conflict_markers.hpp"

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

}  // namespace tenon::gen
