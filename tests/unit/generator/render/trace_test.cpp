// Where lines of rendered files come from: the template's line and the place in the spec.
#include "generator/render/trace.hpp"

#include <gtest/gtest.h>

#include "generator/render/view.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

model two_entities() {
    model product = resolve(sample::empty_spec());
    for (const char* name : {"task", "tag"}) {
        entity_model entity;
        entity.name.snake = name;
        entity.name.article = "a";
        entity.at = {static_cast<std::size_t>(100 * (product.entities.size() + 1)), 5};
        field_model title;
        title.member = "title";
        title.at = {entity.at.offset + 10, 5};
        field_model size;
        size.member = "size";
        size.at = {entity.at.offset + 20, 5};
        title.columns.resize(1);
        size.columns.resize(1);
        entity.fields = {title, size};
        entity.sorts.emplace_back();
        product.entities.push_back(entity);
    }
    return product;
}

struct line {
    std::string text;
    std::size_t template_line;
    std::size_t spec;  ///< 0: none.

    bool operator==(const line&) const = default;
    friend void PrintTo(const line& one, std::ostream* out) {
        *out << one.text << " <- " << one.template_line << ", " << one.spec;
    }
};

std::vector<line> traced(const std::string& path, const std::string& text, const std::string& wanted) {
    render_input input;
    input.templates[path] = text;
    const auto done = trace(two_entities(), input, wanted);
    EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
    std::vector<line> out;
    if (!done || !*done) return out;
    const std::string& content = (*done)->file.content;
    std::size_t at = 0;
    for (const line_origin& one : (*done)->lines) {
        const auto end = std::min(content.find('\n', at), content.size());
        out.push_back({content.substr(at, end - at), one.template_line, one.spec.value_or(0)});
        at = end + 1;
    }
    EXPECT_GE(at, content.size()) << "a line without an origin";
    return out;
}

TEST(trace, follows_lists_and_standalone_tags) {
    const auto lines = traced("a.cpp",
                              "{{!tenon}}\nfirst\n{{#entities}}\nbegin {{snake}}\n  {{#fields}}\n  {{member}},\n  "
                              "{{/fields}}\n{{/entities}}\nlast\n",
                              "a.cpp");
    ASSERT_EQ(lines.size(), 9u);
    EXPECT_EQ(lines[0].template_line, 0u) << "the owner's header";
    EXPECT_EQ(lines[1], (line{"first", 2, 0}));
    EXPECT_EQ(lines[2], (line{"begin task", 4, 100}));
    EXPECT_EQ(lines[3], (line{"  title,", 6, 110}));
    EXPECT_EQ(lines[4], (line{"  size,", 6, 120}));
    EXPECT_EQ(lines[5], (line{"begin tag", 4, 200}));
    EXPECT_EQ(lines[8], (line{"last", 9, 0}));
}

TEST(trace, a_line_about_one_field_is_about_that_field_and_one_about_several_is_about_the_entity) {
    const auto one = traced("{{entity}}.cpp", "x {{#fields}}{{#first}}{{member}}{{/first}}{{/fields}}\n", "tag.cpp");
    ASSERT_EQ(one.size(), 2u);
    EXPECT_EQ(one[1], (line{"x title", 1, 210}));
    const auto several = traced("{{entity}}.cpp", "x {{#fields}}{{member}} {{/fields}}\n", "tag.cpp");
    ASSERT_EQ(several.size(), 2u);
    EXPECT_EQ(several[1], (line{"x title size ", 1, 200}));
}

TEST(trace, texts_of_several_lines_keep_their_count_and_scripts_keep_their_first_line) {
    const auto lines = traced("run.sh", "#!/bin/sh\n\n# two\n{{! gone }}\nfour\nfive", "run.sh");
    ASSERT_EQ(lines.size(), 6u);
    EXPECT_EQ(lines[0], (line{"#!/bin/sh", 1, 0}));
    EXPECT_EQ(lines[1].template_line, 0u);
    EXPECT_EQ(lines[2], (line{"", 2, 0}));
    EXPECT_EQ(lines[4], (line{"four", 5, 0}));
    EXPECT_EQ(lines[5], (line{"five", 6, 0}));
}

TEST(trace, verbatim_files_are_their_own_lines) {
    const auto lines = traced("LICENSE", "{{!tenon verbatim}}\none {{x}}\ntwo\n", "LICENSE");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[1], (line{"two", 3, 0}));
}

TEST(trace, knows_nothing_of_other_files) {
    EXPECT_TRUE(traced("{{entity}}.cpp", "x\n", "project.cpp").empty());
    EXPECT_TRUE(traced("a.cpp", "x\n", "b.cpp").empty());
}

}  // namespace
}  // namespace tenon::gen
