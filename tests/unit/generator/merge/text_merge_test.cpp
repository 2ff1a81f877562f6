// The merge of lines: clean ones, conflicts with their places, markers within the texts, binary contents.
#include "generator/merge/text_merge.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

merged_text merged(std::string_view base, std::string_view mine, std::string_view theirs) {
    auto out = merge_files("notes.txt", {base, mine, theirs});
    EXPECT_TRUE(out.has_value());
    return out ? std::move(*out) : merged_text{};
}

TEST(text_merge, changes_apart_come_together) {
    const auto out = merged("1\n2\n3\n4\n5\n", "1\n2 mine\n3\n4\n5\n", "1\n2\n3\n4\n5 theirs\n");
    EXPECT_TRUE(out.conflicts.empty());
    EXPECT_EQ(out.text, "1\n2 mine\n3\n4\n5 theirs\n");
}

TEST(text_merge, dtl_issue_14_is_a_conflict_here) {
    const auto out = merged("0", "100", "200");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].mine, "100\n");
    EXPECT_EQ(out.conflicts[0].theirs, "200\n");
}

TEST(text_merge, conflict_shows_three_sides_and_its_line_in_mine) {
    const auto out = merged("a\nb\nc\nd\n", "new\na\nb mine\nc\nd\n", "a\nb theirs\nc\nd\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].line, 3u);
    EXPECT_EQ(out.conflicts[0].base, "b\n");
    EXPECT_EQ(out.conflicts[0].mine, "b mine\n");
    EXPECT_EQ(out.conflicts[0].theirs, "b theirs\n");
    EXPECT_EQ(out.text, "new\na\n<<<<<<< mine\nb mine\n||||||| base\nb\n=======\nb theirs\n>>>>>>> theirs\nc\nd\n");
}

TEST(text_merge, lines_that_theirs_adds_above_do_not_shift_the_place) {
    const auto out = merged("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\ne mine\nf\n", "x\ny\nz\na\nb\nc\nd\ne theirs\nf\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].line, 5u);
}

TEST(text_merge, markers_in_the_texts_are_no_conflicts) {
    const std::string quoted = "<<<<<<< how git shows it\nleft\n=======\nright\n>>>>>>> end\n";
    const auto out = merged(quoted + "1\n2\n", quoted + "1 mine\n2\n", quoted + "1 theirs\n2\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].mine, "1 mine\n");
    EXPECT_EQ(out.conflicts[0].line, 6u);
}

TEST(text_merge, binary_contents_are_one_conflict) {
    using namespace std::string_view_literals;
    const auto out = merged("a\0b"sv, "a\0c"sv, "a\0d"sv);
    EXPECT_EQ(out.text, "a\0c"sv);
    EXPECT_EQ(out.conflicts.size(), 1u);
}

TEST(text_merge, one_side_alone_is_taken_as_it_is) {
    EXPECT_EQ(merged("a\n", "b\n", "a\n").text, "b\n");
    EXPECT_EQ(merged("a\n", "a\n", "c").text, "c");
    EXPECT_EQ(merged("", "c", "c").text, "c");
}

}  // namespace
}  // namespace tenon::gen
