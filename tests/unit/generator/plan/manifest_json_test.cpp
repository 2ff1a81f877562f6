// The manifest: written, read back, and read as a merge in git leaves it.
#include <gtest/gtest.h>

#include <sstream>

#include "generator/plan/conflict_markers.hpp"
#include "generator/plan/manifest.hpp"

namespace tenon::gen {
namespace {

manifest sample_manifest() {
    manifest m;
    m.generator_version = "0.1.0";
    m.files["a"] = {owner_class::seeded, true, true, {}, ""};
    m.files["b/c"] = {owner_class::generated, false, false, {}, "b/c.new.2"};
    m.files["d.sql"] = {owner_class::frozen, false, false, {sha256("d")}, ""};
    return m;
}

/// The lines of `text`, with those of `extra` put in before the last entry.
std::string with_lines(const std::string& text, const std::string& extra) {
    std::string out = text;
    return out.insert(out.find("    {}\n"), extra);
}

TEST(manifest_json, is_read_back_as_it_was_written) {
    const std::string text = write_manifest(sample_manifest());
    auto read = read_manifest(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(write_manifest(*read), text);
    EXPECT_EQ(read->files, sample_manifest().files);
}

TEST(manifest_json, an_empty_one_is_read_back) {
    auto read = read_manifest(write_manifest({}));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(read->files.empty());
}

TEST(manifest_json, lines_in_any_order_and_twice_are_one_manifest) {
    const std::string text = write_manifest(sample_manifest());
    std::vector<std::string> entries;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("    {\"")) entries.push_back(line + "\n");
    }
    std::string shuffled = "{\n  \"format_version\": 2,\n  \"files\": [\n";
    for (auto at = entries.rbegin(); at != entries.rend(); ++at) shuffled += *at + *at;
    auto read = read_manifest(shuffled + "    {}\n  ]\n}\n");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(write_manifest(*read), text);
}

TEST(manifest_json, two_versions_of_a_line_keep_what_protects_more) {
    const std::string text = with_lines(
        write_manifest(sample_manifest()),
        "    {\"generator_version\": \"0.10.0\"},\n    {\"generator_version\": \"0.9.0\"},\n"
        "    {\"path\": \"a\", \"owner\": \"generated\"},\n    {\"path\": \"b/c\", \"owner\": \"generated\"},\n"
        "    {\"path\": \"d.sql\", \"owner\": \"frozen\", \"sha256\": \"" +
            sha256("other") + "\"},\n");
    auto read = read_manifest(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->generator_version, "0.10.0");
    EXPECT_EQ(read->files["a"].owner, owner_class::seeded);
    EXPECT_TRUE(read->files["a"].deleted);
    EXPECT_EQ(read->files["b/c"].conflict, "b/c.new.2");
    EXPECT_EQ(read->files["d.sql"].digests.size(), 2u);
}

TEST(manifest_json, conflict_markers_are_named_with_the_way_out) {
    auto read = read_manifest(
        with_lines(write_manifest(sample_manifest()),
                   "<<<<<<< HEAD\n    {\"path\": \"x\", \"owner\": \"generated\"},\n=======\n>>>>>>> branch\n"));
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().message.find(".tenon/manifest.json:8"), std::string::npos) << read.error().message;
    EXPECT_NE(read.error().hint.find("merge=union"), std::string::npos);
}

TEST(manifest_json, another_format_is_refused_with_a_hint) {
    for (const char* text : {R"({"format_version": 1, "files": {}})", R"({"format_version": 4, "files": []})", "{}"}) {
        auto read = read_manifest(text);
        ASSERT_FALSE(read) << text;
        EXPECT_NE(read.error().hint.find("Tenon"), std::string::npos) << read.error().hint;
    }
}

TEST(manifest_json, refuses_what_it_would_not_write) {
    for (const char* line :
         {R"({"path": "../x", "owner": "generated"})", R"({"path": "x", "owner": "root"})",
          R"({"path": "x", "owner": "frozen"})", R"({"path": "x", "owner": "frozen", "sha256": "beef"})",
          R"({"path": "x", "owner": "generated", "conflict": "y.new"})", R"({"path": "x"})",
          R"({"path": "x", "owner": "generated", "run": "y"})", R"({"path": 3, "owner": "generated"})", "[]"}) {
        EXPECT_FALSE(read_manifest(with_lines(write_manifest({}), std::string("    ") + line + ",\n"))) << line;
    }
}

TEST(conflict_markers, are_all_three_at_line_starts_in_their_order) {
    EXPECT_EQ(find_conflict_markers("a\n<<<<<<< mine\nx\n=======\ny\n>>>>>>> theirs\n"), 2u);
    EXPECT_EQ(find_conflict_markers("<<<<<<< a\n||||||| b\n=======\n>>>>>>> c"), 1u);
    for (const char* text : {"", "=======\n", "<<<<<<< a\n=======\n", " <<<<<<< a\n=======\n>>>>>>> b\n",
                             ">>>>>>> b\n=======\n<<<<<<< a\n", "std::cout <<<<<<< x;\n"}) {
        EXPECT_EQ(find_conflict_markers(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tenon::gen
