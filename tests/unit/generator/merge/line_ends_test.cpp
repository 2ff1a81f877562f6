// CRLF and missing final newlines are no edits.
#include "merging.hpp"

namespace tenon::gen {
namespace {

TEST(line_ends, crlf_of_mine_wins) {
    EXPECT_EQ(clean("x", "1\n2\n3\n", "1\r\n2\r\n3 mine\r\n", "1 theirs\n2\n3\n"), "1 theirs\r\n2\r\n3 mine\r\n");
    EXPECT_EQ(clean("x", "1\n2\n3\n", "1\r\n2\r\n3\r\n", "1\n2\n3\n4\n"), "1\r\n2\r\n3\r\n4\r\n");
}

TEST(line_ends, conflicts_of_a_crlf_file_show_its_own_bytes) {
    const auto out = merge_of("x", "1\n2\n", "1\r\n2 mine\r\n", "1\n2 theirs\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].mine, "2 mine\r\n");
    EXPECT_EQ(out.conflicts[0].line, 2u);
}

TEST(line_ends, mixed_ends_are_edits) {
    EXPECT_EQ(clean("x", "1\n2\n3\n4\n5\n", "1\r\n2\n3\n4\n5\n", "1\n2\n3\n4\n5 theirs\n"), "1\r\n2\n3\n4\n5 theirs\n");
}

TEST(line_ends, missing_final_newline_stays_missing_while_the_last_line_is_the_last) {
    EXPECT_EQ(clean("x", "1\n2\n3\n", "1\n2\n3", "1 theirs\n2\n3\n"), "1 theirs\n2\n3");
    EXPECT_EQ(clean("x", "1\n2\n3\n", "1\n2\n3", "1\n2\n3\n4\n"), "1\n2\n3\n4\n");
}

TEST(line_ends, json_and_env_of_windows_merge_as_well) {
    EXPECT_EQ(clean(".env.example", "A=1\n", "A=1\r\nMINE=1\r\n", "A=1\nB=2\n"), "A=1\r\nB=2\r\nMINE=1\r\n");
}

}  // namespace
}  // namespace tenon::gen
