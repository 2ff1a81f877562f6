// Random triples, merged by us and by the git program: byte for byte the same.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "generator/merge/text_merge.hpp"

namespace tenon::gen {
namespace {

namespace fs = std::filesystem;

class scratch {
  public:
    scratch() {
        std::string pattern = (fs::temp_directory_path() / "tenon-merge-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~scratch() { fs::remove_all(path_); }
    std::string put(const std::string& name, std::string_view text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }

  private:
    fs::path path_;
};

struct git_answer {
    int conflicts = -1;
    std::string text;
};

git_answer git_merge(const scratch& place, const three_texts& sides, const std::string& style) {
    const std::string command = "git merge-file -p " + style + " -L mine -L base -L theirs " +
                                place.put("mine", sides.mine) + " " + place.put("base", sides.base) + " " +
                                place.put("theirs", sides.theirs);
    git_answer answer;
    FILE* pipe = ::popen(command.c_str(), "r");
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) answer.text.append(buffer, got);
    answer.conflicts = WEXITSTATUS(::pclose(pipe));
    return answer;
}

/// Few different lines, so that alignments are doubtful; now and then no newline at the end.
class triple {
  public:
    explicit triple(unsigned seed) : random_(seed) {
        base = lines(below(30));
        mine = edited(base);
        theirs = edited(base);
    }
    three_texts sides() const { return {base, mine, theirs}; }
    std::string base, mine, theirs;

  private:
    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    std::string line() { return below(8) == 0 ? "\n" : std::string(1, static_cast<char>('a' + below(12))) + "\n"; }
    std::string lines(std::size_t n) {
        std::string text;
        for (std::size_t i = 0; i < n; ++i) text += line();
        return text;
    }
    std::string edited(const std::string& from) {
        std::string text;
        const std::size_t rate = 4 + below(12);
        for (std::size_t at = 0; at < from.size();) {
            const std::size_t end = from.find('\n', at) + 1;
            const std::size_t what = below(rate);
            if (what == 0) text += lines(1 + below(3));
            if (what != 1) text += what == 2 ? line() : from.substr(at, end - at);
            at = end;
        }
        if (below(rate) == 0) text += lines(1 + below(2));
        if (below(10) == 0 && !text.empty()) text.pop_back();
        return text;
    }

    std::mt19937 random_;
};

TEST(merge_like_git, random_triples) {
    const scratch place;
    int conflicting = 0;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        const triple t(seed);
        const auto ours = merge_lines(t.sides());
        ASSERT_TRUE(ours.has_value()) << "seed " << seed;
        const git_answer plain = git_merge(place, t.sides(), "");
        ASSERT_EQ(ours->conflicts.empty(), plain.conflicts == 0) << "seed " << seed;
        if (plain.conflicts == 0) {
            ASSERT_EQ(ours->text, plain.text) << "seed " << seed;
            continue;
        }
        ++conflicting;
        const git_answer shown = git_merge(place, t.sides(), "--diff3");
        ASSERT_EQ(ours->text, shown.text) << "seed " << seed;
        ASSERT_EQ(static_cast<int>(ours->conflicts.size()), shown.conflicts) << "seed " << seed;
    }
    EXPECT_GT(conflicting, 50);
    EXPECT_LT(conflicting, 350);
}

TEST(merge_like_git, plain_files_take_nothing_but_the_merge_of_lines) {
    for (unsigned seed = 1; seed <= 4000; ++seed) {
        const triple t(seed);
        if (!t.mine.ends_with('\n')) continue;
        const auto lines = merge_lines(t.sides());
        const auto file = merge_files("notes.txt", t.sides());
        ASSERT_TRUE(lines.has_value() && file.has_value());
        ASSERT_EQ(lines->text, file->text) << "seed " << seed;
        ASSERT_EQ(lines->conflicts.size(), file->conflicts.size()) << "seed " << seed;
    }
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

TEST(merge_like_git, every_hunk_stands_in_mine_where_it_says) {
    for (unsigned seed = 1; seed <= 4000; ++seed) {
        const triple t(seed);
        const auto ours = merge_lines(t.sides());
        ASSERT_TRUE(ours.has_value());
        const auto mine = lines_of(t.mine);
        for (const conflict_hunk& hunk : ours->conflicts) {
            std::size_t at = hunk.line - 1;
            ASSERT_LE(at, mine.size()) << "seed " << seed;
            for (const std::string& line : lines_of(hunk.mine)) {
                ASSERT_LT(at, mine.size()) << "seed " << seed;
                ASSERT_EQ(mine[at++], line) << "seed " << seed;
            }
        }
    }
}

}  // namespace
}  // namespace tenon::gen
