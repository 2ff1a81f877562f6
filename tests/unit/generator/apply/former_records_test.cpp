// A project of a Tenon that kept a file for each base, and its plan in the root: it is taken over without a loss,
// whichever call is the last one.
#include "generator/apply/status.hpp"
#include "generator/apply/undo.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

tree version(int number) {
    const std::string n = std::to_string(number);
    tree t = tree_of({{"same.cpp", "same\n"},
                      {"a.cpp", "1 of " + n + "\n2\n3\n4\n5\n"},
                      {"clash.cpp", n + "\n"},
                      {"kept.cpp", "k\n"},
                      {"spec.yaml", "spec " + n + "\n"}});
    t.files["third_party/tenon/lib.cpp"] = {"lib " + n + "\n", owner_class::vendored, false, "runtime"};
    t.files["third_party/tenon/ours.cpp"] = {"ours " + n + "\n", owner_class::vendored, false, "runtime"};
    t.files["src/custom/hook.cpp"] = {"hook\n", owner_class::seeded, false, "test"};
    t.files["migrations/0001.sql"] = {"one\n", owner_class::frozen, false, "test"};
    return t;
}

class former_records : public project_test {
  protected:
    void SetUp() override {
        create(version(1));
        disk.put("clash.cpp", "first edit\n");
        must_regenerate(version(2));
        must_apply();  // A conflict is open, with what waits.
        make_former();
        disk.put("plan.json", disk.content(plan_path));
        disk.put("conflicts.json", disk.content(conflicts_path));
        disk.nodes.erase(std::string(plan_path));
        disk.nodes.erase(std::string(conflicts_path));
        disk.put("a.cpp", "1 of 2\n2\n3\n4\n5 mine\n");
        disk.put("kept.cpp", "mine\n");
        disk.put("third_party/tenon/ours.cpp", "mine\n");
    }

    std::map<std::string, std::string> former_bases() const {
        std::map<std::string, std::string> out;
        for (const auto& [path, text] : disk.files()) {
            if (path.starts_with(former_base_directory)) out.emplace(path.substr(former_base_directory.size()), text);
        }
        return out;
    }
};

TEST_F(former_records, are_read_as_they_are) {
    const auto read = load_bases(disk);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->texts(), former_bases());
    EXPECT_EQ(status_of(disk)->waiting, (std::vector<std::string>{"clash.cpp.new"}));
    EXPECT_TRUE(status_of(disk)->saved) << "the plan in the root";
}

TEST_F(former_records, are_taken_over_by_the_next_apply) {
    const plan p = must_regenerate(version(3));
    EXPECT_EQ(disk.content("plan.json"), "(absent)") << "the new plan is elsewhere";
    EXPECT_EQ(disk.content("conflicts.json"), "(absent)");
    EXPECT_EQ(fate(p, "a.cpp"), "merge both_merged");
    EXPECT_EQ(fate(p, "kept.cpp"), "keep edited_by_user");
    EXPECT_EQ(fate(p, "third_party/tenon/lib.cpp"), "update generated_changed");
    EXPECT_EQ(fate(p, "third_party/tenon/ours.cpp"), "conflict vendored_edited");
    must_apply();
    EXPECT_TRUE(former_bases().empty());
    EXPECT_EQ(disk.content("a.cpp"), "1 of 3\n2\n3\n4\n5 mine\n");
    EXPECT_EQ(base_of("kept.cpp"), "k\n");
    EXPECT_EQ(base_of("clash.cpp"), "1\n") << "what the edit was made on";
    EXPECT_EQ(base_of("clash.cpp.new"), "3\n");
    EXPECT_EQ(base_of("third_party/tenon/lib.cpp"), "(absent)");
    expect_tidy();
    const plan again = must_regenerate(version(3));
    EXPECT_FALSE(has_pending(again));
}

TEST_F(former_records, are_taken_over_whole_by_an_apply_of_some_files) {
    const auto before = former_bases();
    must_regenerate(version(3));
    must_apply({"a.cpp"});
    EXPECT_TRUE(former_bases().empty());
    auto after = bases();
    EXPECT_EQ(after["a.cpp"], "1 of 3\n2\n3\n4\n5\n");
    after["a.cpp"] = before.at("a.cpp");
    EXPECT_EQ(after, before) << "no base is dropped before it is converted, the runtime's neither";
    must_apply();
    expect_tidy();
    EXPECT_FALSE(has_pending(must_regenerate(version(3))));
}

TEST_F(former_records, lose_nothing_whichever_call_is_the_last) {
    must_regenerate(version(3));
    const memory_filesystem planned = disk;
    const auto known_before = former_bases();
    must_apply();
    const auto after = disk.files();
    for (int nth = 1;; ++nth) {
        disk = planned;
        disk.calls = 0;
        disk.fail_at = nth;
        disk.fail_for_good = true;
        (void)apply_saved(disk);
        const bool reached = disk.calls >= nth;
        disk.fail_at = 0;
        if (!reached) break;
        // At no moment is a base in neither place.
        const auto read = load_bases(disk);
        ASSERT_TRUE(read) << "call " << nth;
        for (const auto& [name, text] : known_before) {
            if (name.starts_with("third_party/")) continue;
            ASSERT_TRUE(read->contains(name)) << name << ", call " << nth;
        }
        ASSERT_TRUE(recover(disk));
        if (disk.files() != after) must_apply();
        ASSERT_EQ(disk.files(), after) << "call " << nth;
    }
}

TEST_F(former_records, come_back_with_an_undo) {
    must_regenerate(version(3));
    const auto before = disk.files();
    must_apply();
    const auto undone = undo_last_apply(disk);
    ASSERT_TRUE(undone) << undone.error().message;
    EXPECT_TRUE(undone->changed.empty());
    const auto is_of_undo = [](const auto& file) { return file.first.starts_with(undo_directory); };
    auto now = disk.files();
    auto wanted = before;
    std::erase_if(now, is_of_undo);
    std::erase_if(wanted, is_of_undo);
    EXPECT_TRUE(now == wanted);
}

/// One branch was upgraded, the other regenerated with the Tenon before; git has kept the files that both changed.
TEST_F(former_records, that_a_merge_left_beside_the_new_ones_are_read_and_go) {
    must_regenerate(version(3));
    must_apply();
    disk.put(std::string(former_base_directory) + "same.cpp", "same of the other branch\n");
    disk.put("same.cpp", "same of the other branch\n");
    disk.put(std::string(former_base_directory) + "a.cpp", "1 of 2, other\n2\n3\n4\n5\n");
    disk.put("a.cpp", "1 of 3, other\n2\n3\n4\n5 mine\n");
    tree merged = version(3);
    merged.files["same.cpp"].content = "same, merged\n";
    merged.files["a.cpp"].content = "1 of 3, other\n2\n3\n4\n5\n";
    const plan p = must_regenerate(merged);
    EXPECT_EQ(fate(p, "same.cpp"), "update generated_changed");
    must_apply();
    EXPECT_EQ(disk.content("same.cpp"), "same, merged\n");
    EXPECT_EQ(disk.content("a.cpp"), "1 of 3, other\n2\n3\n4\n5 mine\n");
    EXPECT_TRUE(former_bases().empty());
    EXPECT_FALSE(has_pending(must_regenerate(merged)));
    expect_tidy();
}

TEST_F(former_records, a_plan_json_of_the_users_own_stays) {
    for (const char* text : {"{\"my\": \"plan\"}", "not even JSON"}) {
        disk.put("plan.json", text);
        disk.put("conflicts.json", text);
        if (has_pending(must_regenerate(version(3)))) must_apply();
        EXPECT_EQ(disk.content("plan.json"), text);
        EXPECT_EQ(disk.content("conflicts.json"), text);
    }
}

}  // namespace
}  // namespace tenon::gen
