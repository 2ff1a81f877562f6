// Rendering a whole tree: paths, conditions, owners, errors, and the same bytes every time.
#include "generator/render/render.hpp"

#include <gtest/gtest.h>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

render_input input_of(std::map<std::string, std::string_view> templates) {
    render_input out;
    out.templates = std::move(templates);
    out.spec_text = "tenon: 1\n";
    return out;
}

result<tree, template_error> render_sample(std::map<std::string, std::string_view> templates) {
    return render(resolve(sample::projects_and_tasks()), input_of(std::move(templates)));
}

TEST(render, repeats_per_entity_what_has_an_entity_in_its_path) {
    const auto made = render_sample({{"src/{{entity}}/{{entity}}.cpp", "{{pascal}} of {{service.name.snake}}\n"}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->files.size(), 3U);
    EXPECT_TRUE(made->files.at("src/project/project.cpp").content.ends_with("\nProject of starter\n"));
    EXPECT_TRUE(made->files.at("src/task/task.cpp").content.ends_with("\nTask of starter\n"));
    EXPECT_EQ(made->files.at("src/task/task.cpp").origin, "templates/src/{{entity}}/{{entity}}.cpp");
}

TEST(render, takes_the_spec_and_the_runtime_as_they_are) {
    render_input input = input_of({});
    input.runtime["src/a.cpp"] = "{{not a tag}}";
    const auto made = render(resolve(sample::projects_and_tasks()), input);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->files.at("spec.yaml").content, "tenon: 1\n");
    EXPECT_EQ(made->files.at("third_party/tenon/src/a.cpp").content, "{{not a tag}}");
}

TEST(render, follows_the_first_line_of_a_template) {
    const auto made = render_sample({{"run", "{{!tenon seeded executable}}\n#!/bin/sh\n"},
                                     {"raw.txt", "{{!tenon verbatim}}\n{{unknown}}\n"},
                                     {"bin/{{entity}}", "{{!tenon when=soft_delete}}\nx\n"}});
    ASSERT_TRUE(made);
    const tree_file& run = made->files.at("run");
    EXPECT_EQ(run.owner, owner_class::seeded);
    EXPECT_TRUE(run.executable);
    EXPECT_TRUE(run.content.starts_with("#!/bin/sh\n# Yours: written once"));
    EXPECT_TRUE(made->files.at("raw.txt").content.ends_with("\n{{unknown}}\n"));
    EXPECT_TRUE(made->files.contains("bin/project"));
    EXPECT_FALSE(made->files.contains("bin/task")) << "tasks are not deleted softly";
}

TEST(render, refuses_mistakes_in_templates) {
    const auto unknown_word = render_sample({{"a", "{{!tenon sometimes}}\n"}});
    ASSERT_FALSE(unknown_word);
    EXPECT_EQ(unknown_word.error().message, "'sometimes' is no word of a template's first line");
    const auto unknown_flag = render_sample({{"a", "{{!tenon when=no_such_flag}}\n"}});
    ASSERT_FALSE(unknown_flag);
    EXPECT_EQ(unknown_flag.error().message, "nothing is called 'no_such_flag'");
    const auto unknown_name = render_sample({{"a.txt", "x\n{{no_such_name}}\n"}});
    ASSERT_FALSE(unknown_name);
    EXPECT_EQ(unknown_name.error().file, "templates/a.txt");
    EXPECT_EQ(unknown_name.error().line, 2U);
}

TEST(render, counts_lines_of_templates_that_have_a_first_line_of_their_own) {
    const auto made = render_sample({{"a.txt", "{{!tenon seeded}}\nx\n{{no_such_name}}\n"}});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().line, 3U);
}

TEST(render, refuses_to_write_a_path_twice) {
    const auto made = render_sample({{"src/task.cpp", "x\n"}, {"src/{{entity}}.cpp", "y\n"}});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().message, "'src/task.cpp' is written twice");
}

TEST(render, gives_the_same_bytes_every_time) {
    const std::map<std::string, std::string_view> templates{
        {"src/{{entity}}.cpp", "{{#fields}}\n{{member}} {{cpp_member_type}}\n{{/fields}}\n"},
        {"api.txt", "{{#entities}}\n{{route}} {{tag}}\n{{/entities}}\n"}};
    const auto first = render_sample(templates);
    ASSERT_TRUE(first);
    for (int i = 0; i < 5; ++i) {
        const auto again = render_sample(templates);
        ASSERT_TRUE(again);
        ASSERT_EQ(again->files.size(), first->files.size());
        for (const auto& [path, file] : first->files) EXPECT_EQ(again->files.at(path).content, file.content) << path;
    }
}

}  // namespace
}  // namespace tenon::gen
