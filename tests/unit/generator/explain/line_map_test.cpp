// Lines keep their identity through insertions, deletions and changes around them.
#include "generator/explain/line_map.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tenon::gen {
namespace {

using line = std::optional<std::size_t>;

TEST(same_line, follows_lines_around_edits) {
    const std::string from = "new\na\nb\nchanged\nd\nmore\ne\n", to = "a\nb\nc\nd\ngone\ne\n";
    EXPECT_EQ(same_line(from, to, 1), line());
    EXPECT_EQ(same_line(from, to, 2), line(1));
    EXPECT_EQ(same_line(from, to, 3), line(2));
    EXPECT_EQ(same_line(from, to, 4), line());
    EXPECT_EQ(same_line(from, to, 5), line(4));
    EXPECT_EQ(same_line(from, to, 7), line(6));
}

TEST(same_line, knows_equal_texts_and_the_ends_of_a_text) {
    EXPECT_EQ(same_line("a\nb", "a\nb", 2), line(2));
    EXPECT_EQ(same_line("a\nb\n", "a\nb", 2), line(2));
    EXPECT_EQ(same_line("a\r\nb\r\n", "a\nb\n", 2), line(2));
    EXPECT_EQ(same_line("a\n", "a\n", 0), line());
    EXPECT_EQ(same_line("a\n", "a\n", 2), line());
    EXPECT_EQ(same_line("", "a\n", 1), line());
    EXPECT_EQ(same_line("a\n", "", 1), line());
}

TEST(same_line, repeated_lines_at_both_ends_do_not_overlap) {
    EXPECT_EQ(same_line("x\nx\nx\n", "x\nx\n", 1), line(1));
    EXPECT_EQ(same_line("x\nx\nx\n", "x\nx\n", 2), line(2));
    EXPECT_EQ(same_line("x\nx\n", "x\nx\nx\n", 2), line(2));
}

}  // namespace
}  // namespace tenon::gen
