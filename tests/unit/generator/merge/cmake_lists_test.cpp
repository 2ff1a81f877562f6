// Lists of CMake commands: both sides may add and remove neighbours.
#include "generator/merge/cmake_lists.hpp"

#include "merging.hpp"

namespace tenon::gen {
namespace {

std::string merged_lists(std::string_view base, std::string_view mine, std::string_view theirs) {
    return clean("src/CMakeLists.txt", base, mine, theirs);
}

TEST(cmake_lists, both_add_to_one_line) {
    EXPECT_EQ(merged_lists("target_link_libraries(app PUBLIC api custom)\n",
                           "target_link_libraries(app PUBLIC api custom fmt::fmt)\n",
                           "target_link_libraries(app PUBLIC api custom billing)\n"),
              "target_link_libraries(app PUBLIC api custom billing fmt::fmt)\n");
}

TEST(cmake_lists, both_change_neighbours_on_lines_of_their_own) {
    EXPECT_EQ(merged_lists("add_library(domain STATIC\n  a.cpp\n  b.cpp\n  c.cpp)\n",
                           "add_library(domain STATIC\n  a.cpp\n  b.cpp\n  c.cpp\n  mine.cpp  # by hand\n)\n",
                           "add_library(domain STATIC\n  a.cpp\n  b.cpp\n  d.cpp)\n"),
              "add_library(domain STATIC\n  a.cpp\n  b.cpp\n  d.cpp\n  mine.cpp  # by hand\n)\n");
}

TEST(cmake_lists, sections_keep_apart) {
    EXPECT_EQ(merged_lists("tenon_layer(api LINKS access storage)\n",
                           "tenon_layer(api SOURCES mine.cpp LINKS access storage)\n",
                           "tenon_layer(api LINKS access storage plans)\n"),
              "tenon_layer(api SOURCES mine.cpp LINKS access storage plans)\n");
    EXPECT_EQ(merged_lists("target_link_libraries(a PUBLIC x PRIVATE y)\n",
                           "target_link_libraries(a PUBLIC x mine PRIVATE y)\n",
                           "target_link_libraries(a PUBLIC x PRIVATE y theirs)\n"),
              "target_link_libraries(a PUBLIC x mine PRIVATE y theirs)\n");
}

TEST(cmake_lists, a_comment_never_swallows_an_argument) {
    const std::string out = merged_lists("set(names a b)\n", "set(names a b # mine\n)\n", "set(names a b c)\n");
    EXPECT_EQ(out, "set(names a b # mine\n c\n)\n");
}

TEST(cmake_lists, the_same_value_changed_by_both_is_a_conflict) {
    const auto out = merge_of("CMakeLists.txt", "set(CMAKE_CXX_STANDARD 20)\n", "set(CMAKE_CXX_STANDARD 23)\n",
                              "set(CMAKE_CXX_STANDARD 26)\n");
    EXPECT_EQ(out.conflicts.size(), 1u);
    EXPECT_EQ(out.conflicts[0].mine, "set(CMAKE_CXX_STANDARD 23)\n");
}

TEST(cmake_lists, commands_that_are_no_lists_stay_text) {
    const auto out =
        merge_of("CMakeLists.txt", "set_target_properties(a PROPERTIES X 1)\n",
                 "set_target_properties(a PROPERTIES X 1 Y 2)\n", "set_target_properties(a PROPERTIES X 3)\n");
    EXPECT_EQ(out.conflicts.size(), 1u);
}

TEST(cmake_lists, code_around_is_merged_by_lines) {
    const std::string base = "# top\nadd_library(a x.cpp)\n\nset(A 1)\n";
    EXPECT_EQ(merged_lists(base, "# top, mine\nadd_library(a x.cpp m.cpp)\n\nset(A 1)\n",
                           "# top\nadd_library(a x.cpp t.cpp)\n\nset(A 1)\nset(B \"a ) # b\")\n"),
              "# top, mine\nadd_library(a x.cpp t.cpp m.cpp)\n\nset(A 1)\nset(B \"a ) # b\")\n");
}

TEST(cmake_lists, brackets_and_quotes_are_single_arguments) {
    EXPECT_EQ(merged_lists("set(a [=[x ) y]=] \"p q\")\n", "set(a [=[x ) y]=] \"p q\" \"mine )\")\n",
                           "set(a [=[x ) y]=] \"p q\" t)\n"),
              "set(a [=[x ) y]=] \"p q\" t \"mine )\")\n");
}

}  // namespace
}  // namespace tenon::gen
