// A project has of a feature everything or nothing.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "generator/cli/inputs.hpp"
#include "tests/unit/generator/switching/specs.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using testing::HasSubstr;

const std::string& fragment() {
    static const std::string text = [] {
        std::ostringstream out;
        out << std::ifstream(FEATURES_DIR "/notes/openapi.yaml", std::ios::binary).rdbuf();
        return out.str();
    }();
    return text;
}

/// The whole project, with the sources of notes among those that products can have.
tree project_of(const std::string& text) {
    auto inputs = template_inputs::load("");
    EXPECT_TRUE(inputs);
    render_input input = inputs->for_spec(text);
    input.fragments["notes"] = fragment();
    input.runtime["features/notes/feature.cpp"] = "// of notes\n";
    input.runtime["include/tenon/notes/handlers.hpp"] = "// of notes\n";
    auto rendered = render_tree(model_of(text), input);
    EXPECT_TRUE(rendered);
    return rendered ? std::move(*rendered) : tree();
}

/// Whatever the spec, its schema for editors knows the construct.
bool tells_of_notes(const std::string& path, const tree_file& file) {
    if (path == "spec.schema.json") return false;
    std::string text = file.content;
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    for (const char* word :
         {"list_notes", "notes_key", "note:read", "note_sealed", "/v1/notes", "of notes", "newnote"}) {
        if (text.find(word) != std::string::npos) return true;
    }
    return false;
}

TEST(FeatureOff, LeavesNoTrace) {
    for (const auto& [path, file] : project_of(spec_with("")).files) {
        EXPECT_FALSE(tells_of_notes(path, file)) << path;
        EXPECT_EQ(path.find("/notes/"), path.npos) << path;
    }
}

TEST(FeatureOn, IsInEveryReader) {
    const tree all = project_of(spec_with(notes_on));
    const auto text_of = [&](const char* path) {
        const auto found = all.files.find(path);
        return found == all.files.end() ? std::string("no such file") : found->second.content;
    };
    EXPECT_THAT(text_of("src/api/routes.cpp"), HasSubstr("#include <tenon/notes/handlers.hpp>"));
    EXPECT_THAT(text_of("src/api/routes.cpp"), HasSubstr("tenant_route(method::get, \"/v1/notes\", \"list_notes\""));
    EXPECT_THAT(text_of("src/api/routes.cpp"), HasSubstr("permission::note_read, notes::list)"));
    EXPECT_THAT(text_of("openapi.yaml"), HasSubstr("summary: Write a note for the workspace"));
    EXPECT_THAT(text_of("openapi.yaml"), HasSubstr("    NewNote:\n      type: object"));
    EXPECT_THAT(text_of("openapi.yaml"), HasSubstr("- note_sealed"));
    EXPECT_THAT(text_of("openapi.yaml"), HasSubstr("- name: \"Notes\""));
    EXPECT_THAT(text_of(".env.example"), HasSubstr("NOTES_KEY"));
    EXPECT_THAT(text_of("compose.yaml"), HasSubstr("NOTES_PAGE: ${NOTES_PAGE:-}"));
    EXPECT_THAT(text_of("README.md"), HasSubstr("NOTES_PAGE"));
    EXPECT_THAT(text_of("docs/permissions.md"), HasSubstr("note:read"));
    EXPECT_THAT(text_of("src/access/permissions.hpp"), HasSubstr("note_read"));
    EXPECT_EQ(text_of("third_party/tenon/features/notes/feature.cpp"), "// of notes\n");
    EXPECT_EQ(text_of("third_party/tenon/include/tenon/notes/handlers.hpp"), "// of notes\n");
}

}  // namespace
}  // namespace tenon::gen
