// Regions keep what the user wrote into them, whatever happens around; malformed ones are plain text.
#include "generator/merge/regions.hpp"

#include <gmock/gmock.h>

#include "merging.hpp"

namespace tenon::gen {
namespace {

using testing::HasSubstr;

std::string region_of(const std::string& body, const std::string& name = "extra") {
    return "# tenon:begin custom " + name + "\n" + body + "# tenon:end custom " + name + "\n";
}

TEST(regions, content_stays_while_its_neighbours_change) {
    const std::string base = "one\n" + region_of("") + "two\n";
    const std::string mine = "one\n" + region_of("mine 1\nmine 2\n") + "two\n";
    const std::string theirs = "ONE\n" + region_of("") + "TWO\n";
    EXPECT_EQ(clean("Dockerfile", base, mine, theirs), "ONE\n" + region_of("mine 1\nmine 2\n") + "TWO\n");
}

TEST(regions, content_goes_along_when_theirs_moves_the_region) {
    const std::string base = region_of("") + "one\ntwo\nthree\n";
    const std::string mine = region_of("mine\n") + "one\ntwo\nthree\n";
    EXPECT_EQ(clean("x", base, mine, "one\ntwo\nthree\n" + region_of("")), "one\ntwo\nthree\n" + region_of("mine\n"));
}

TEST(regions, theirs_own_content_counts_only_where_mine_is_untouched) {
    const std::string base = "a\n" + region_of("default\n") + "z\n";
    const std::string theirs = "b\n" + region_of("better default\n") + "z\n";
    EXPECT_EQ(clean("x", base, "a\n" + region_of("default\n") + "z mine\n", theirs),
              "b\n" + region_of("better default\n") + "z mine\n");
    EXPECT_EQ(clean("x", base, "a\n" + region_of("mine\n") + "z\n", theirs), "b\n" + region_of("mine\n") + "z\n");
}

TEST(regions, markers_may_change_their_comment_signs) {
    const std::string base = "a\n" + region_of("") + "z\n";
    const std::string theirs = "a\n// tenon:begin custom extra\n// tenon:end custom extra\nz\n";
    EXPECT_EQ(clean("x", base, "a\n" + region_of("mine\n") + "z\n", theirs),
              "a\n// tenon:begin custom extra\nmine\n// tenon:end custom extra\nz\n");
}

TEST(regions, region_gone_in_theirs_is_a_conflict_when_edited) {
    const std::string base = "one\n" + region_of("") + "two\n";
    const auto out = merge_of("x", base, "one\n" + region_of("mine\n") + "two\n", "one\ntwo\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_THAT(out.conflicts[0].mine, HasSubstr("mine\n"));
    EXPECT_EQ(clean("x", "0\n" + base, "0 mine\n" + base, "0\none\n2\n"), "0 mine\none\n2\n");
}

TEST(regions, conflicts_elsewhere_tell_the_line_of_the_real_file) {
    const std::string base = "a\n" + region_of("") + "b\nc\n";
    const std::string mine = "a\n" + region_of("1\n2\n3\n") + "b mine\nc\n";
    const auto out = merge_of("x", base, mine, "a\n" + region_of("") + "b theirs\nc\n");
    ASSERT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].line, 7u);
    EXPECT_EQ(out.conflicts[0].mine, "b mine\n");
}

TEST(regions, every_comment_syntax_and_no_prose) {
    EXPECT_EQ(find_regions("  // tenon:begin custom a\n  // tenon:end custom a\n").size(), 1u);
    EXPECT_EQ(find_regions("<!-- tenon:begin custom a -->\n<!-- tenon:end custom a-->\n").size(), 1u);
    EXPECT_EQ(find_regions("-- tenon:begin custom a-b_c\nx\n-- tenon:end custom a-b_c\n").size(), 1u);
    EXPECT_EQ(find_regions("Write tenon:begin custom a\nx\n# tenon:end custom a\n").size(), 0u);
    EXPECT_EQ(find_regions("# tenon:begin custom a is how\nx\n# tenon:end custom a\n").size(), 0u);
}

TEST(regions, malformed_ones_are_plain_text) {
    const std::string twice = region_of("1\n") + region_of("2\n");
    EXPECT_TRUE(find_regions(twice).empty());
    EXPECT_TRUE(find_regions("# tenon:begin custom a\nx\n").empty());
    EXPECT_TRUE(find_regions("# tenon:end custom a\nx\n# tenon:begin custom a\n").empty());
    const auto nested = find_regions("# tenon:begin custom outer\n" + region_of("x\n") + "# tenon:end custom outer\n");
    ASSERT_EQ(nested.size(), 1u);
    EXPECT_EQ(nested.begin()->first, "extra");
    // A region that the user doubled merges line by line.
    EXPECT_EQ(
        clean("x", "top\na\n" + region_of("") + "z\n", "top\na\n" + twice + "z\n", "TOP\na\n" + region_of("") + "z\n"),
        "TOP\na\n" + twice + "z\n");
}

TEST(regions, a_region_that_the_user_put_around_generated_lines_protects_them) {
    const std::string base = "1\n2\n3\n4\n5\n6\n7\n8\n";
    const std::string mine = "1\n2\n" + region_of("3\n4\n5\n") + "6\n7\n8\n";
    const auto out = merge_of("x", base, mine, "1\n2\n3\nfour\n5\n6\n7\n8\n");
    EXPECT_FALSE(out.conflicts.empty());
}

TEST(regions, work_inside_yaml_and_cmake) {
    const std::string base =
        "services:\n  app:\n    image: a\n  # tenon:begin custom services\n  # tenon:end custom services\n";
    const std::string mine =
        "services:\n  app:\n    image: a\n  # tenon:begin custom services\n  db:\n    image: b\n  # tenon:end custom "
        "services\n";
    const std::string theirs =
        "services:\n  app:\n    image: c\n  # tenon:begin custom services\n  # tenon:end custom services\n";
    EXPECT_EQ(clean("compose.yaml", base, mine, theirs),
              "services:\n  app:\n    image: c\n  # tenon:begin custom services\n  db:\n    image: b\n  # tenon:end "
              "custom services\n");
}

}  // namespace
}  // namespace tenon::gen
