// Templates: what tags give, which lines disappear, and that nothing unknown passes in silence.
#include "generator/render/template.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace tenon::gen {
namespace {

/// The output, or "line N: message" of the error.
std::string rendered(std::string_view text, const view& scope) {
    const auto compiled = compiled_template::compile("some.txt", text);
    if (!compiled) return "line " + std::to_string(compiled.error().line) + ": " + compiled.error().message;
    std::string out;
    const auto done = compiled->render({&scope}, out);
    if (!done) return "line " + std::to_string(done.error().line) + ": " + done.error().message;
    return out;
}

view words(std::initializer_list<const char*> all) {
    view::list items;
    for (const char* one : all) items.emplace_back(one);
    view out;
    out.set("words", std::move(items));
    return out;
}

view flag(bool value) {
    view out;
    out.set("flag", value);
    return out;
}

TEST(template_text, prints_names_of_any_depth_without_escaping) {
    view inner;
    inner.set("name", "a < b & \"c\"");
    view outer;
    outer.set("item", std::move(inner)).set("plain", "x");
    EXPECT_EQ(rendered("{{plain}} {{ item.name }}.", outer), "x a < b & \"c\".");
}

TEST(template_text, walks_lists_and_knows_first_and_last) {
    EXPECT_EQ(rendered("{{#words}}{{^first}}, {{/first}}{{.}}{{#last}}.{{/last}}{{/words}}", words({"a", "b", "c"})),
              "a, b, c.");
    EXPECT_EQ(rendered("{{#words}}x{{/words}}{{^words}}none{{/words}}", words({})), "none");
}

TEST(template_text, first_and_last_are_of_the_innermost_list) {
    view::list rows;
    rows.push_back(words({"a", "b"}));
    rows.push_back(words({"c"}));
    view root;
    root.set("rows", std::move(rows));
    EXPECT_EQ(rendered("{{#rows}}{{#words}}{{.}}{{^last}}-{{/last}}{{/words}}{{^last}} | {{/last}}{{/rows}}", root),
              "a-b | c");
}

TEST(template_text, inner_names_hide_outer_ones) {
    view inner;
    inner.set("name", "inner");
    view root;
    root.set("name", "outer").set("item", std::move(inner));
    EXPECT_EQ(rendered("{{name}} {{#item}}{{name}}{{/item}}", root), "outer inner");
}

TEST(template_text, lines_with_nothing_but_a_section_tag_leave_nothing) {
    const char* text = "a\n  {{#flag}}\n  b\n  {{/flag}}\nc\n";
    EXPECT_EQ(rendered(text, flag(true)), "a\n  b\nc\n");
    EXPECT_EQ(rendered(text, flag(false)), "a\nc\n");
}

TEST(template_text, standalone_tags_at_both_ends_of_the_text) {
    EXPECT_EQ(rendered("{{#flag}}\nx\n{{/flag}}", flag(true)), "x\n");
    EXPECT_EQ(rendered("{{! a remark }}\nx\n", flag(true)), "x\n");
}

TEST(template_text, a_variable_alone_on_its_line_keeps_the_line) {
    view root;
    root.set("name", "x");
    EXPECT_EQ(rendered("  {{name}}\ny\n", root), "  x\ny\n");
}

TEST(template_text, sections_inside_a_line_keep_its_blanks) {
    EXPECT_EQ(rendered("a {{#flag}}b{{/flag}} c\n", flag(true)), "a b c\n");
    EXPECT_EQ(rendered("a {{#flag}}b{{/flag}} c\n", flag(false)), "a  c\n");
}

TEST(template_text, two_tags_on_a_line_are_not_standalone) {
    EXPECT_EQ(rendered("{{#flag}}{{/flag}}\nx\n", flag(true)), "\nx\n");
}

TEST(template_text, delimiters_can_be_changed_and_back) {
    view root;
    root.set("name", "x");
    EXPECT_EQ(rendered("{{=<% %>=}}\n${{ <%name%> }}\n<%={{ }}=%>\n{{name}}\n", root), "${{ x }}\nx\n");
}

TEST(template_text, an_unknown_name_is_an_error_with_its_line) {
    EXPECT_EQ(rendered("a\nb {{flga}}\n", flag(true)), "line 2: nothing is called 'flga' here");
    EXPECT_EQ(rendered("{{#flga}}x{{/flga}}", flag(true)), "line 1: nothing is called 'flga' here");
    EXPECT_EQ(rendered("{{^flga}}x{{/flga}}", flag(true)), "line 1: nothing is called 'flga' here");
}

TEST(template_text, printing_what_is_no_text_is_an_error) {
    EXPECT_EQ(rendered("{{flag}}", flag(true)), "line 1: there is no text called 'flag' here");
    EXPECT_EQ(rendered("{{words}}", words({"a"})), "line 1: there is no text called 'words' here");
}

TEST(template_text, broken_tags_are_errors) {
    EXPECT_EQ(rendered("x\n{{#flag}}\n", flag(true)), "line 2: section 'flag' is not closed");
    EXPECT_EQ(rendered("{{/flag}}", flag(true)), "line 1: 'flag' closes a section that is not open here");
    EXPECT_EQ(rendered("{{#flag}}{{/other}}", flag(true)), "line 1: 'other' closes a section that is not open here");
    EXPECT_EQ(rendered("a {{flag", flag(true)), "line 1: a tag is not closed");
    EXPECT_EQ(rendered("{{}}", flag(true)), "line 1: a tag has no name");
}

TEST(template_text, nothing_in_a_section_that_is_not_shown_is_looked_up) {
    EXPECT_EQ(rendered("{{#flag}}{{unknown}}{{/flag}}", flag(false)), "");
}

}  // namespace
}  // namespace tenon::gen
