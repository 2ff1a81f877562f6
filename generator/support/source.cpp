// Line and column of byte offsets, found by binary search in the starts of lines.
#include "generator/support/source.hpp"

#include <algorithm>

namespace tenon::gen {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Every byte that is not the continuation of a UTF-8 sequence begins a code point.
bool begins_code_point(char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
}

}  // namespace

line_index::line_index(std::string_view text) : text_(text) {
    starts_.push_back(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        starts_.push_back(at + 1);
}

std::size_t line_index::line_number(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return after == starts_.begin() ? 1 : static_cast<std::size_t>(after - starts_.begin());
}

line_column line_index::place(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const std::size_t number = line_number(offset);
    const std::size_t start = starts_[number - 1];
    if (offset <= start) return {number, 1};
    const auto before = text_.substr(start, offset - start);
    return {number, 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), begins_code_point))};
}

std::string_view line_index::line(std::size_t number) const {
    if (number == 0 || number > starts_.size()) return {};
    const std::size_t start = starts_[number - 1];
    const std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
    std::string_view found = text_.substr(start, end - start);
    if (found.ends_with('\r')) found.remove_suffix(1);
    return found;
}

}  // namespace tenon::gen
