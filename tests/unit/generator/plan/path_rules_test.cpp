// Which paths are refused, and why.
#include "generator/plan/path_rules.hpp"

#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

TEST(path_rules, accepts_what_a_project_has) {
    for (const char* path :
         {"CMakeLists.txt", ".github/workflows/ci.yaml", "src/custom/a-b_c.cpp", ".tenon/schema/0001_initial.json",
          ".tenon/access.json", ".tenon/.gitattributes", ".env.example",
          "third_party/tenon/include/tenon/core/result.hpp", "a b/c", "src/renew.cpp", "docs/x.newer", ".gitignore"}) {
        EXPECT_EQ(why_path_refused(path), std::nullopt) << path;
    }
}

TEST(path_rules, refuses_every_way_out_and_every_odd_name) {
    const std::string long_part(201, 'x');
    for (const std::string& path : {std::string(),
                                    std::string("/etc/passwd"),
                                    std::string("../x"),
                                    std::string("a/../../x"),
                                    std::string("a/.."),
                                    std::string("./a"),
                                    std::string("a//b"),
                                    std::string("a/"),
                                    std::string("a\\b"),
                                    std::string("C:x"),
                                    std::string("a\nb"),
                                    std::string("a\0b", 3),
                                    std::string("a\x7f"),
                                    std::string("na\xc3\xafve"),
                                    std::string("a."),
                                    std::string("a /b"),
                                    std::string(" a"),
                                    long_part,
                                    std::string(".git/config"),
                                    std::string("x/.GIT/hooks/pre-commit"),
                                    std::string(".tenon/manifest.json"),
                                    std::string(".Tenon/schema.json"),
                                    std::string(".tenon"),
                                    std::string("plan.json"),
                                    std::string("Conflicts.json"),
                                    std::string("a.cpp.new"),
                                    std::string("a.new.2"),
                                    std::string("b/.a.cpp.tenon-tmp"),
                                    std::string(2000, 'x') + "/y"}) {
        EXPECT_NE(why_path_refused(path), std::nullopt) << path;
    }
}

TEST(path_rules, finds_clashes_by_case_and_between_files_and_directories) {
    EXPECT_EQ(why_paths_clash({"a/b", "a/c", "b"}), std::nullopt);
    EXPECT_NE(why_paths_clash({"a/Invoice.cpp", "a/invoice.cpp"}), std::nullopt);
    EXPECT_NE(why_paths_clash({"Src/a", "src/b"}), std::nullopt);
    EXPECT_NE(why_paths_clash({"a", "a/b"}), std::nullopt);
    EXPECT_NE(why_paths_clash({"a/b", "a"}), std::nullopt);
    EXPECT_NE(why_paths_clash({"a", "a"}), std::nullopt);
}

TEST(path_rules, numbers_the_files_beside) {
    EXPECT_EQ(beside_path("src/a.cpp", 1), "src/a.cpp.new");
    EXPECT_EQ(beside_path("src/a.cpp", 3), "src/a.cpp.new.3");
    EXPECT_TRUE(is_beside_path("a", "a.new"));
    EXPECT_TRUE(is_beside_path("a", "a.new.2"));
    for (const char* other : {"a", "b.new", "a.new.1", "a.new.x", "a.new.2x", "a.newer", "a.new/../x", "a.new."}) {
        EXPECT_FALSE(is_beside_path("a", other)) << other;
    }
}

TEST(path_rules, globs_match_as_a_person_expects) {
    EXPECT_TRUE(matches_glob("*.cpp", "src/api/a.cpp"));
    EXPECT_TRUE(matches_glob("src/*.cpp", "src/a.cpp"));
    EXPECT_FALSE(matches_glob("src/*.cpp", "src/api/a.cpp"));
    EXPECT_TRUE(matches_glob("src/**/a.cpp", "src/a.cpp"));
    EXPECT_TRUE(matches_glob("src/**/a.cpp", "src/x/y/a.cpp"));
    EXPECT_FALSE(matches_glob("src/**/a.cpp", "src/x/ba.cpp"));
    EXPECT_TRUE(matches_glob("src", "src/x/y.cpp"));
    EXPECT_TRUE(matches_glob("src/", "src/x/y.cpp"));
    EXPECT_FALSE(matches_glob("src", "srcs/x"));
    EXPECT_TRUE(matches_glob("**", "a/b"));
    EXPECT_TRUE(matches_glob("src/**/**/x", "src/x"));
    EXPECT_TRUE(matches_glob("***", "a/b"));
    EXPECT_TRUE(matches_glob("a*b*c", "aXbYc"));
    EXPECT_FALSE(matches_glob("a*b*c", "aXb/Yc"));
    EXPECT_TRUE(matches_glob("a?c", "x/abc"));
    EXPECT_FALSE(matches_glob("a?c", "a/c"));
}

TEST(path_rules, no_glob_takes_long) {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "**/*a*";
    const std::string path = std::string(1000, 'a') + "/b";
    EXPECT_FALSE(matches_glob(pattern + "c", path));
}

}  // namespace
}  // namespace tenon::gen
