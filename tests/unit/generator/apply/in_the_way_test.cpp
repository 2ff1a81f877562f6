// Something that is no file, or no folder, where one has to be: only what lies there stops.
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

TEST_F(project_test, a_directory_or_link_in_place_of_a_file_is_an_error_entry) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    disk.nodes.erase("a.cpp");
    disk.put("a.cpp/inside", "x");
    disk.put_link("b.cpp");
    const plan p = must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}, {"c.cpp", "c"}}));
    EXPECT_EQ(fate(p, "a.cpp"), "error not_a_file");
    EXPECT_EQ(fate(p, "b.cpp"), "error not_a_file");
    must_apply();
    EXPECT_EQ(disk.content("c.cpp"), "c");
    EXPECT_EQ(disk.content("a.cpp/inside"), "x");
}

TEST_F(project_test, a_link_or_file_where_a_folder_belongs_stops_only_what_lies_behind) {
    create(tree_of({{"src/a.cpp", "a1"}, {"lib/b.cpp", "b1"}, {"c.cpp", "c1"}}));
    const tree second = tree_of({{"src/a.cpp", "a2"}, {"lib/b.cpp", "b1"}, {"lib/new.cpp", "n"}, {"c.cpp", "c2"}});
    const auto put_in_the_way = [&] {
        disk.nodes.erase("src/a.cpp");
        disk.nodes.erase("src");
        disk.put_link("src");
        disk.nodes.erase("lib/b.cpp");
        disk.nodes.erase("lib");
        disk.put("lib", "a file of mine");
    };
    put_in_the_way();
    const plan p = must_regenerate(second);
    EXPECT_EQ(fate(p, "src/a.cpp"), "error not_a_file");
    EXPECT_EQ(fate(p, "lib/b.cpp"), "respect_deletion deleted_by_user");
    EXPECT_EQ(fate(p, "lib/new.cpp"), "error not_a_file");
    EXPECT_NE(disk.content(".tenon/conflicts.json").find("lib/new.cpp"), std::string::npos);
    must_apply();
    EXPECT_EQ(disk.content("c.cpp"), "c2");
    EXPECT_EQ(disk.content("lib"), "a file of mine");
    EXPECT_EQ(base_of("src/a.cpp"), "a1");
    // Once the way is free the rest comes.
    disk.nodes.erase("src");
    disk.put("src/a.cpp", "a1");
    disk.nodes.erase("lib");
    must_regenerate(second);
    must_apply();
    EXPECT_EQ(disk.content("src/a.cpp"), "a2");
    EXPECT_EQ(disk.content("lib/new.cpp"), "n");
}

TEST_F(project_test, bases_that_are_no_file_are_refused) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    disk.nodes.erase(std::string(bases_path));
    disk.put_link(bases_path);
    const auto p = regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b2"}}), disk);
    ASSERT_FALSE(p);
    EXPECT_EQ(p.error().kind, failure_kind::refused);
    EXPECT_EQ(disk.content("a.cpp"), "a1");
}

TEST_F(project_test, a_link_in_place_of_what_waits_stops_nothing_else) {
    create(tree_of({{"a.cpp", "a1"}, {"b.cpp", "b1"}}));
    disk.put("a.cpp", "mine");
    must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b1"}}));
    must_apply();
    ASSERT_NE(disk.content("a.cpp.new"), "(absent)");
    disk.nodes.erase("a.cpp.new");
    disk.put_link("a.cpp.new");
    must_regenerate(tree_of({{"a.cpp", "a3"}, {"b.cpp", "b2"}}));
    must_apply();
    EXPECT_EQ(disk.content("a.cpp"), "mine");
    EXPECT_EQ(disk.content("b.cpp"), "b2");
}

TEST_F(project_test, something_put_in_the_way_after_the_plan_makes_it_stale) {
    create(tree_of({{"a.cpp", "a1"}}));
    must_regenerate(tree_of({{"a.cpp", "a2"}, {"deep/er/b.cpp", "b"}}));
    disk.put("deep", "a file of mine");
    const auto done = apply_saved(disk);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, failure_kind::stale);
    EXPECT_EQ(disk.content("a.cpp"), "a1");
}

}  // namespace
}  // namespace tenon::gen
