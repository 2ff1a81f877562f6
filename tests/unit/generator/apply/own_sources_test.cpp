// Which C++ of a project is its user's once a plan is applied, and with which text.
#include "generator/plan/own_sources.hpp"

#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

using texts = std::map<std::string, std::string>;

class own_sources_of : public project_test {
  protected:
    texts of(const tree& t) {
        const plan p = must_regenerate(t);
        auto known = load_manifest(disk);
        EXPECT_TRUE(known);
        auto found = own_sources(p, t, *known, disk);
        EXPECT_TRUE(found);
        return found ? *found : texts{};
    }
};

tree with_hooks(std::map<std::string, std::string> files) {
    tree t = tree_of(files);
    t.files["src/custom/hooks.cpp"] = {"// hooks\n", owner_class::seeded, false, "test"};
    return t;
}

TEST_F(own_sources_of, a_plan_are_seeded_edited_and_unknown_ones) {
    create(with_hooks({{"src/a.cpp", "a\n"}, {"src/b.cpp", "b\n"}, {"README.md", "r\n"}}));
    disk.put("src/custom/hooks.cpp", "mine\n");
    disk.put("src/b.cpp", "b, edited\n");
    disk.put("src/inner/own.hpp", "own\n");
    disk.put("tests/own_test.cpp", "test\n");
    disk.put("src/inner/own.h", "own too\n");
    disk.put("elsewhere/own.cpp", "not below src\n");
    disk.put("src/notes.txt", "no C++\n");
    const texts wanted{{"src/custom/hooks.cpp", "mine\n"},
                       {"src/b.cpp", "b, edited\n"},
                       {"src/inner/own.hpp", "own\n"},
                       {"src/inner/own.h", "own too\n"},
                       {"tests/own_test.cpp", "test\n"}};
    EXPECT_EQ(of(with_hooks({{"src/a.cpp", "a2\n"}, {"src/b.cpp", "b\n"}, {"README.md", "r\n"}})), wanted);
}

TEST_F(own_sources_of, a_merge_are_what_it_makes) {
    create(tree_of({{"src/a.cpp", "1\n2\n3\n4\n5\n6\n7\n"}}));
    disk.put("src/a.cpp", "1, edited\n2\n3\n4\n5\n6\n7\n");
    EXPECT_EQ(of(tree_of({{"src/a.cpp", "1\n2\n3\n4\n5\n6\n7, new\n"}})),
              (texts{{"src/a.cpp", "1, edited\n2\n3\n4\n5\n6\n7, new\n"}}));
}

TEST_F(own_sources_of, a_conflict_wait_for_its_end) {
    create(tree_of({{"src/a.cpp", "1\n"}}));
    disk.put("src/a.cpp", "mine\n");
    EXPECT_EQ(of(tree_of({{"src/a.cpp", "theirs\n"}})), texts{});
    must_apply();
    EXPECT_EQ(of(tree_of({{"src/a.cpp", "theirs\n"}})), texts{}) << "still open";
    ASSERT_TRUE(disk.remove("src/a.cpp.new"));
    EXPECT_EQ(of(tree_of({{"src/a.cpp", "theirs\n"}})), (texts{{"src/a.cpp", "mine\n"}}));
}

TEST_F(own_sources_of, orphans_are_none) {
    create(with_hooks({{"src/a.cpp", "a\n"}}));
    EXPECT_EQ(of(tree_of({{"src/a.cpp", "a\n"}})), texts{});
}

}  // namespace
}  // namespace tenon::gen
