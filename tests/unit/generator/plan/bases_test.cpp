// .tenon/bases: any text comes back as it was, git's conflicts are read as both sides, and damage is named.
#include "generator/plan/bases.hpp"

#include <gtest/gtest.h>

#include "generator/support/memory_filesystem.hpp"

namespace tenon::gen {
namespace {

base_texts must_read(std::string text) {
    auto read = read_bases(std::move(text));
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : base_texts{};
}

const std::map<std::string, std::string> awkward{
    {"a.txt", ""},
    {"b.txt", "\n"},
    {"c.txt", "no line end"},
    {"d.txt", "one\n\n two\n\\ no line end\nend d.txt\nfile e\n"},
    {"e.txt", "<<<<<<< ours\n=======\n>>>>>>> theirs\n"},
    {"f.txt", "a\r\n\r\n b\r\n\r"},
    {"g.txt", "\n\n\n"},
    {"h.txt", "x\n\n"},
    {"i.txt", " "},
};

TEST(bases, any_text_comes_back) {
    const base_texts read = must_read(write_bases(awkward));
    EXPECT_EQ(read.texts(), awkward);
    for (const auto& [name, text] : awkward) {
        EXPECT_EQ(read.find(name), text) << name;
        EXPECT_TRUE(read.is_just(name, text)) << name;
        EXPECT_FALSE(read.is_just(name, text + "x")) << name;
        EXPECT_FALSE(read.is_just(name, "x" + text)) << name;
        EXPECT_FALSE(!text.empty() && read.is_just(name, text.substr(1))) << name;
    }
    EXPECT_FALSE(read.find("z.txt"));
}

TEST(bases, both_sides_of_a_conflict_are_read) {
    const base_texts read = must_read(
        "file a\n one\nend a\n"
        "file b\n<<<<<<< HEAD\n mine\n||||||| 123\n was\n=======\n theirs\n>>>>>>> other\nend b\n"
        "<<<<<<< HEAD\n=======\nfile c\n only there\nend c\n>>>>>>> other\n");
    EXPECT_EQ(read.find("a"), "one\n");
    EXPECT_FALSE(read.find("b"));
    EXPECT_EQ(read.all("b"), (std::vector<std::string>{"mine\n", "theirs\n"}));
    EXPECT_EQ(read.find("c"), "only there\n");
    EXPECT_TRUE(read.is_of_one_side("c"));
    EXPECT_FALSE(read.is_of_one_side("a"));
    EXPECT_FALSE(read.is_of_one_side("b"));
}

TEST(bases, damage_is_named_with_its_line) {
    for (const char* text : {"# x\nfile a\n one\n", "# x\nfile a\n one\nend b\n", "# x\n one\n", "# x\nend a\n"}) {
        const auto read = read_bases(text);
        ASSERT_FALSE(read) << text;
        EXPECT_NE(read.error().message.find(".tenon/bases:2"), std::string::npos) << read.error().message;
    }
}

TEST(bases, the_files_of_a_tenon_before_are_read_beside_it) {
    memory_filesystem disk;
    disk.put(".tenon/bases", write_bases(std::map<std::string, std::string>{{"a", "new\n"}}));
    disk.put(".tenon/base/a", "old\n");
    disk.put(".tenon/base/src/b", "b\n");
    const auto read = load_bases(disk);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->all("a"), (std::vector<std::string>{"new\n", "old\n"}));
    EXPECT_EQ(read->find("src/b"), "b\n");
    EXPECT_EQ(read->former_files().size(), 2u);
}

}  // namespace
}  // namespace tenon::gen
