// Bases that git could not merge: both sides are read.
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

TEST_F(project_test, one_side_taken_of_a_conflict_in_git_is_as_generated) {
    create(tree_of({{"a.cpp", "1\n2\n3\n"}, {"b.cpp", "b"}}));
    disk.put(bases_path,
             "file a.cpp\n 1\n<<<<<<< HEAD\n 2a\n=======\n 2b\n>>>>>>> other\n 3\nend a.cpp\nfile b.cpp\n b\n"
             "\\ no line end\nend b.cpp\n");
    for (const char* side : {"1\n2a\n3\n", "1\n2b\n3\n"}) {
        disk.put("a.cpp", side);
        EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "1\n2a\n2b\n3\n"}, {"b.cpp", "b"}})), "a.cpp"),
                  "update generated_changed");
    }
}

/// Each branch has dropped one file, and git cannot tell.
TEST_F(project_test, a_base_that_one_side_of_a_merge_has_dropped_makes_no_deletion_of_the_users) {
    create(tree_of({{"a.cpp", "a"}, {"b.cpp", "b"}, {"c.cpp", "c"}}));
    disk.put(bases_path,
             "file a.cpp\n a\n\\ no line end\nend a.cpp\n<<<<<<< HEAD\nfile b.cpp\n b\nend b.cpp\n=======\n"
             "file c.cpp\n c\nend c.cpp\n>>>>>>> other\n");
    disk.nodes.erase("b.cpp");
    disk.nodes.erase("c.cpp");
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a2"}})), "b.cpp"), "(none)");
    must_apply();
    expect_tidy();
    EXPECT_EQ(fate(must_regenerate(tree_of({{"a.cpp", "a2"}, {"b.cpp", "b"}})), "b.cpp"), "create new_file");
}

}  // namespace
}  // namespace tenon::gen
