// Conflicts that stay open for a while, with the user at work on either file.
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

class open_conflict_test : public project_test {
  protected:
    void SetUp() override {
        create(tree_of({{"a.cpp", "one\n"}, {"b.cpp", "b1\n"}}));
        disk.put("a.cpp", "mine\n");
        must_regenerate(tree_of({{"a.cpp", "two\n"}, {"b.cpp", "b1\n"}}));
        must_apply();
        ASSERT_EQ(disk.content("a.cpp.new"), "two\n");
    }
    const tree third = tree_of({{"a.cpp", "two\n"}, {"b.cpp", "b2\n"}});
};

// Found by the random histories: applying asked for the content of a file that is not there.
TEST_F(open_conflict_test, the_rest_applies_beside_a_deleted_file_whose_new_one_was_edited) {
    disk.put("a.cpp.new", "two, edited\n");
    disk.nodes.erase("a.cpp");
    must_regenerate(third);
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2\n");
    EXPECT_EQ(disk.content("a.cpp"), "(absent)");
    EXPECT_EQ(disk.content("a.cpp.new"), "two, edited\n");
    EXPECT_FALSE(has_pending(must_regenerate(third)));
}

TEST_F(open_conflict_test, the_rest_applies_beside_a_deleted_file_whose_new_one_was_not) {
    disk.nodes.erase("a.cpp");
    must_regenerate(third);
    must_apply();
    EXPECT_EQ(disk.content("b.cpp"), "b2\n");
    EXPECT_EQ(disk.content("a.cpp"), "(absent)");
    EXPECT_FALSE(has_pending(must_regenerate(third)));
}

}  // namespace
}  // namespace tenon::gen
