// How diagnostics are printed: for people, as JSON, as workflow commands.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "generator/support/diagnostics.hpp"

namespace tenon::gen::test {
namespace {

diagnostics one_at(std::size_t offset, std::size_t length, std::string message = "wrong", std::string hint = "right") {
    diagnostics out;
    out.items.push_back({code::unknown_key, {offset, length}, std::move(message), std::move(hint)});
    return out;
}

std::string text_of(const diagnostics& found, const std::string& text) {
    return print(found, {"spec.yaml", text}, diagnostic_format::text);
}

TEST(printing, shows_line_and_caret) {
    EXPECT_EQ(text_of(one_at(8, 5), "one: 1\n  three: 3\n"),
              "spec.yaml:2:2: error[E011]: wrong\n"
              "   2 |   three: 3\n"
              "     |  ^~~~~ right\n");
}

TEST(printing, keeps_tabs_so_that_the_caret_lines_up) {
    EXPECT_EQ(text_of(one_at(4, 2), "a:\t\tbc\n"),
              "spec.yaml:1:5: error[E011]: wrong\n   1 | a:\t\tbc\n     |   \t\t^~ right\n");
}

TEST(printing, counts_code_points_and_pads_for_wide_ones) {
    EXPECT_EQ(text_of(one_at(7, 1), "日é x\n"),
              "spec.yaml:1:5: error[E011]: wrong\n   1 | 日é x\n     |      ^ right\n");
}

TEST(printing, underlines_to_the_end_of_the_first_line_only) {
    EXPECT_EQ(text_of(one_at(0, 9), "ab\ncd\nef\n"), "spec.yaml:1:1: error[E011]: wrong\n   1 | ab\n     | ^~ right\n");
}

TEST(printing, has_a_caret_past_the_end) {
    EXPECT_EQ(text_of(one_at(99, 1), "ab"), "spec.yaml:1:3: error[E011]: wrong\n   1 | ab\n     |   ^ right\n");
    EXPECT_EQ(text_of(one_at(0, 0), ""), "spec.yaml:1:1: error[E011]: wrong\n   1 | \n     | ^ right\n");
}

TEST(printing, never_passes_on_control_characters) {
    const std::string shown = text_of(one_at(0, 1, "bad \x1b[31m name", "\a"), "a\x1b[2J\xE2\x80\xAE\xFF\n");
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    EXPECT_EQ(shown.find('\a'), std::string::npos);
    EXPECT_EQ(shown.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_EQ(shown.find('\xFF'), std::string::npos);
    EXPECT_NE(shown.find("\\x1b[31m"), std::string::npos);
}

TEST(printing, colours_only_when_asked) {
    const diagnostics found = one_at(0, 1);
    EXPECT_EQ(text_of(found, "a").find('\x1b'), std::string::npos);
    EXPECT_NE(print(found, {"spec.yaml", "a"}, diagnostic_format::text, true).find("\x1b["), std::string::npos);
}

TEST(printing, json_is_json) {
    diagnostics found = one_at(2, 3, "quote \" and \\ and \n", "日");
    found.suppressed = 7;
    const auto parsed = boost::json::parse(print(found, {"a\"b.yaml", "ab\ncde"}, diagnostic_format::json)).as_object();
    EXPECT_EQ(parsed.at("status"), "failed");
    EXPECT_EQ(parsed.at("exit_code"), 1);
    EXPECT_EQ(parsed.at("suppressed"), 7);
    const auto& one = parsed.at("diagnostics").as_array().at(0).as_object();
    EXPECT_EQ(one.at("code"), "E011");
    EXPECT_EQ(one.at("line"), 1);
    EXPECT_EQ(one.at("column"), 3);
    EXPECT_EQ(one.at("end_line"), 2);
    EXPECT_EQ(one.at("end_column"), 3);
    EXPECT_EQ(boost::json::parse(print({}, {"a", ""}, diagnostic_format::json)).at("diagnostics").as_array().size(),
              0U);
}

TEST(printing, workflow_commands_escape_what_would_end_them) {
    EXPECT_EQ(print(one_at(0, 1, "50% of\nit", "a, b: c"), {"a,b:c.yaml", "x"}, diagnostic_format::github),
              "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=1,endColumn=2,title=E011 unknown key::50%25 "
              "of\\x0ait%0Aa, b: c\n");
}

}  // namespace
}  // namespace tenon::gen::test
