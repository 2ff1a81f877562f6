// Follows a line through a diff.
#include "generator/explain/line_map.hpp"

#include <dtl/dtl.hpp>

#include <algorithm>
#include <string>

namespace tenon::gen {
namespace {

constexpr std::size_t max_compared_lines = 100'000;

using lines = std::vector<std::string_view>;

std::vector<std::string> middle(const lines& all, std::size_t head, std::size_t tail) {
    std::vector<std::string> out;
    for (std::size_t i = head; i + tail < all.size(); ++i) out.emplace_back(all[i]);
    return out;
}

/// Which element of `to` the element with this number of `from` is.
std::optional<std::size_t> in_diff(const std::vector<std::string>& from, const std::vector<std::string>& to,
                                   std::size_t wanted) {
    dtl::Diff<std::string> diff(from, to);
    diff.onHuge();
    diff.compose();
    std::size_t here = 0, there = 0;
    for (const auto& [text, info] : diff.getSes().getSequence()) {
        if (info.type == dtl::SES_COMMON) {
            if (here == wanted) return there;
            ++here;
            ++there;
        } else if (info.type == dtl::SES_DELETE) {
            if (here++ == wanted) return std::nullopt;
        } else {
            ++there;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string_view> lines_of_text(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        out.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::optional<std::size_t> same_line(std::string_view from, std::string_view to, std::size_t line) {
    const lines a = lines_of_text(from), b = lines_of_text(to);
    if (line == 0 || line > a.size()) return std::nullopt;
    const std::size_t at = line - 1, most = std::min(a.size(), b.size());
    std::size_t head = 0, tail = 0;
    while (head < most && a[head] == b[head]) ++head;
    while (head + tail < most && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    if (at < head) return line;
    if (at + tail >= a.size()) return at + b.size() - a.size() + 1;
    if (std::max(a.size(), b.size()) > max_compared_lines) return std::nullopt;
    const auto found = in_diff(middle(a, head, tail), middle(b, head, tail), at - head);
    return found ? std::optional(*found + head + 1) : std::nullopt;
}

}  // namespace tenon::gen
