// One call to git_diff_buffers, with an item a line.
#include "generator/merge/common_items.hpp"

#include <git2.h>

#include <algorithm>
#include <string>

namespace tenon::gen {
namespace {

/// Which items one side has alone.
struct differences {
    std::vector<bool> only_a;
    std::vector<bool> only_b;
};

int note_line(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* payload) {
    auto& found = *static_cast<differences*>(payload);
    const auto mark = [](std::vector<bool>& side, int number) {
        if (number > 0 && static_cast<std::size_t>(number) <= side.size()) {
            side[static_cast<std::size_t>(number) - 1] = true;
        }
    };
    if (line->origin == GIT_DIFF_LINE_DELETION) mark(found.only_a, line->old_lineno);
    if (line->origin == GIT_DIFF_LINE_ADDITION) mark(found.only_b, line->new_lineno);
    return 0;
}

/// An item may hold line ends (a raw string is one token): they are written as another character.
std::string in_lines(const std::vector<std::string_view>& items) {
    std::string text;
    for (const std::string_view item : items) {
        const auto from = static_cast<std::ptrdiff_t>(text.size());
        (text += item) += '\n';
        std::replace(text.begin() + from, text.end() - 1, '\n', '\x01');
    }
    return text;
}

}  // namespace

std::vector<item_pair> common_items(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
    static const int started = git_libgit2_init();
    static_cast<void>(started);
    differences found{std::vector<bool>(a.size()), std::vector<bool>(b.size())};
    const std::string before = in_lines(a);
    const std::string after = in_lines(b);
    git_diff_options options{};
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = 0;
    options.flags = GIT_DIFF_FORCE_TEXT;
    const int failed = git_diff_buffers(before.data(), before.size(), nullptr, after.data(), after.size(), nullptr,
                                        &options, nullptr, nullptr, nullptr, note_line, &found);
    std::vector<item_pair> pairs;
    if (failed != 0) return pairs;
    std::size_t j = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (found.only_a[i]) continue;
        while (j < b.size() && found.only_b[j]) ++j;
        if (j == b.size()) break;
        if (a[i] == b[j]) pairs.emplace_back(i, j);
        ++j;
    }
    return pairs;
}

}  // namespace tenon::gen
