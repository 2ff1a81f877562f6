// Files that stay without being generated: sources of what the spec no longer has, and files that their user renamed.
#include "generator/plan/orphan_list.hpp"
#include "generator/plan/summary.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

class left_behind : public project_test {
  protected:
    /// As the command line does: what stays is listed, then all is planned.
    plan must_plan(tree t) {
        const auto known = load_manifest(disk);
        EXPECT_TRUE(known);
        const auto listed = add_orphan_list(t, *known, disk);
        EXPECT_TRUE(listed);
        return must_regenerate(t);
    }

    static tree shop(bool with_task) {
        tree t = tree_of({{"src/api/routes.cpp", "routes\n"}});
        if (!with_task) return t;
        for (const char* path : {"src/domain/task.cpp", "src/domain/task.hpp", "tests/entities/task_test.cpp"}) {
            t.files[path] = {std::string(path) + "\n", owner_class::generated, false, "test"};
        }
        t.files["src/custom/task_hooks.cpp"] = {"hooks\n", owner_class::seeded, false, "test"};
        return t;
    }
};

TEST_F(left_behind, seeded_and_edited_sources_of_a_dropped_entity_are_kept_and_not_compiled) {
    create(shop(true));
    disk.put("tests/entities/task_test.cpp", "mine\n");
    disk.put("src/domain/task.hpp", "mine\n");
    const plan p = must_plan(shop(false));
    EXPECT_EQ(fate(p, "src/custom/task_hooks.cpp"), "orphan seeded_once");
    EXPECT_EQ(fate(p, "tests/entities/task_test.cpp"), "orphan edited_by_user");
    EXPECT_EQ(fate(p, "src/domain/task.cpp"), "delete no_longer_generated");
    EXPECT_EQ(fate(p, "orphans.cmake"), "create new_file");
    must_apply();
    const std::string list = disk.content("orphans.cmake");
    EXPECT_NE(list.find("src/custom/task_hooks.cpp\n"), std::string::npos) << list;
    EXPECT_NE(list.find("tests/entities/task_test.cpp\n"), std::string::npos) << list;
    EXPECT_EQ(list.find("src/domain/task"), std::string::npos) << "a header, and a source that is gone: " << list;
    EXPECT_EQ(disk.content("src/custom/task_hooks.cpp"), "hooks\n");
    EXPECT_FALSE(has_pending(must_plan(shop(false))));
    expect_tidy();
}

TEST_F(left_behind, the_list_goes_with_the_last_of_them_and_when_the_entity_is_back) {
    create(shop(true));
    must_plan(shop(false));
    must_apply();
    disk.nodes.erase("src/custom/task_hooks.cpp");
    EXPECT_EQ(fate(must_plan(shop(false)), "orphans.cmake"), "delete no_longer_generated");
    must_apply();
    EXPECT_EQ(disk.content("orphans.cmake"), "(absent)");

    must_plan(shop(true));
    must_apply();
    must_plan(shop(false));
    must_apply();
    const plan back = must_plan(shop(true));
    EXPECT_EQ(fate(back, "orphans.cmake"), "delete no_longer_generated");
    EXPECT_EQ(fate(back, "src/custom/task_hooks.cpp"), "keep seeded_once");
}

TEST_F(left_behind, a_source_whose_conflict_is_open_is_not_compiled_either) {
    create(shop(true));
    disk.put("src/domain/task.cpp", "mine\n");
    tree other = shop(true);
    other.files["src/domain/task.cpp"].content = "theirs\n";
    must_plan(other);
    must_apply();
    disk.put("src/domain/task.cpp.new", "being worked on\n");
    must_plan(shop(false));
    must_apply();
    EXPECT_EQ(disk.content("src/domain/task.cpp"), "mine\n");
    EXPECT_NE(disk.content("orphans.cmake").find("src/domain/task.cpp\n"), std::string::npos);
}

std::string many_lines(std::string_view last) {
    std::string text;
    for (int i = 0; i < 10; ++i) text += "line " + std::to_string(i) + "\n";
    return text + std::string(last) + "\n";
}

TEST_F(left_behind, a_source_moved_out_of_its_layer_is_said_not_to_be_compiled) {
    create(tree_of({{"src/domain/task.cpp", many_lines("first")}}));
    disk.nodes.erase("src/domain/task.cpp");
    disk.put("src/domain/inner/task.cpp", many_lines("first"));
    const auto said = [&] {
        return summarize(must_plan(tree_of({{"src/domain/task.cpp", many_lines("first")}})).entries, painter(false));
    };
    EXPECT_NE(said().find("src/domain/inner/task.cpp, where no layer of Tenon's compiles it"), std::string::npos)
        << said();
    disk.nodes.erase("src/domain/inner/task.cpp");
    disk.put("src/domain/chore.cpp", many_lines("first"));
    EXPECT_EQ(said().find("not compiled"), std::string::npos) << said();
}

TEST_F(left_behind, a_file_that_its_user_renamed_is_named_as_one_that_goes_stale) {
    create(tree_of({{"src/domain/task.cpp", many_lines("first")}, {"src/a.cpp", "a\n"}}));
    disk.nodes.erase("src/domain/task.cpp");
    disk.put("src/domain/chore.cpp", many_lines("first, and mine"));
    disk.put("src/domain/other.cpp", "nothing alike\n");
    const plan p = must_plan(tree_of({{"src/domain/task.cpp", many_lines("second")}, {"src/a.cpp", "a2\n"}}));
    EXPECT_EQ(fate(p, "src/domain/task.cpp"), "respect_deletion renamed_by_user");
    EXPECT_EQ(entry_of(p, "src/domain/task.cpp")->now_at, "src/domain/chore.cpp");
    EXPECT_NE(summarize(p.entries, painter(false)).find("src/domain/task.cpp -> src/domain/chore.cpp"),
              std::string::npos);
    must_apply();
    EXPECT_EQ(disk.content("src/domain/chore.cpp"), many_lines("first, and mine"));
    EXPECT_EQ(disk.content("src/domain/task.cpp"), "(absent)");
    // It is said again, until the file has its name back or is no longer alike.
    const plan again = must_plan(tree_of({{"src/domain/task.cpp", many_lines("third")}, {"src/a.cpp", "a2\n"}}));
    EXPECT_EQ(fate(again, "src/domain/task.cpp"), "respect_deletion renamed_by_user");
    EXPECT_FALSE(has_pending(again));
    disk.put("src/domain/chore.cpp", "written anew\n");
    EXPECT_EQ(fate(must_plan(tree_of({{"src/domain/task.cpp", many_lines("third")}, {"src/a.cpp", "a2\n"}})),
                   "src/domain/task.cpp"),
              "respect_deletion deleted_by_user");
}

TEST_F(left_behind, a_renamed_file_is_found_behind_thousands_of_others) {
    create(tree_of({{"src/domain/task.cpp", many_lines("first")}}));
    disk.nodes.erase("src/domain/task.cpp");
    disk.put("src/domain/chore.cpp", many_lines("first, and mine"));
    for (int i = 0; i < 5000; ++i) {
        disk.put("assets/" + std::to_string(i) + ".svg", "a picture\n");
        disk.put("node_modules/" + std::to_string(i) + ".cpp", "a part\n");
    }
    const plan p = must_plan(tree_of({{"src/domain/task.cpp", many_lines("second")}}));
    EXPECT_EQ(entry_of(p, "src/domain/task.cpp")->now_at, "src/domain/chore.cpp");
}

TEST_F(left_behind, a_copy_beside_a_file_that_is_there_is_nobodys_business) {
    create(tree_of({{"src/a.cpp", many_lines("a")}, {"src/b.cpp", "b\n"}}));
    disk.put("src/copy.cpp", many_lines("a"));
    disk.nodes.erase("src/b.cpp");
    const plan p = must_plan(tree_of({{"src/a.cpp", many_lines("a2")}, {"src/b.cpp", "b\n"}}));
    EXPECT_EQ(fate(p, "src/b.cpp"), "respect_deletion deleted_by_user");
    EXPECT_EQ(fate(p, "src/a.cpp"), "update generated_changed");
}

}  // namespace
}  // namespace tenon::gen
