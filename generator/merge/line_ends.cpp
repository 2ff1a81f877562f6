// CRLF to LF and back, and the newline that some editors leave out at the end.
#include "generator/merge/line_ends.hpp"

namespace tenon::gen {
namespace {

enum class line_end { lf, crlf, mixed };

line_end line_end_of(std::string_view text) {
    bool lf = false;
    bool crlf = false;
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        (at > 0 && text[at - 1] == '\r' ? crlf : lf) = true;
    }
    if (lf && crlf) return line_end::mixed;
    return crlf ? line_end::crlf : line_end::lf;
}

std::string to_lf(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += text[i];
    }
    return out;
}

std::string to_crlf(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

std::string_view last_line(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    const auto start = text.rfind('\n');
    return start == std::string_view::npos ? text : text.substr(start + 1);
}

}  // namespace

even_line_ends::even_line_ends(const three_texts& sides) {
    const line_end kept = line_end_of(sides.mine);
    crlf_ = kept == line_end::crlf;
    // Mixed ends are edits like any other.
    const auto even = [&](std::string_view text) {
        return kept != line_end::mixed && line_end_of(text) == line_end::crlf ? to_lf(text) : std::string(text);
    };
    base_ = even(sides.base);
    mine_ = even(sides.mine);
    theirs_ = even(sides.theirs);
    open_ended_ = !mine_.empty() && !mine_.ends_with('\n') && base_.ends_with('\n') && theirs_.ends_with('\n');
    if (open_ended_) mine_ += '\n';
}

merged_text even_line_ends::restored(merged_text merged) const {
    if (open_ended_ && merged.text.ends_with('\n') && last_line(merged.text) == last_line(mine_)) {
        merged.text.pop_back();
    }
    if (!crlf_) return merged;
    merged.text = to_crlf(merged.text);
    for (conflict_hunk& hunk : merged.conflicts) {
        hunk.base = to_crlf(hunk.base);
        hunk.mine = to_crlf(hunk.mine);
        hunk.theirs = to_crlf(hunk.theirs);
    }
    return merged;
}

}  // namespace tenon::gen
