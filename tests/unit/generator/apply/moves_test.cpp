// A renamed entity: its files go along with the user's edits, and nothing is dropped and made anew.
#include "generator/apply/undo.hpp"
#include "project_fixture.hpp"

namespace tenon::gen {
namespace {

const std::string old_text =
    "struct invoice {\n    int a;\n    int b;\n    int c;\n};\nvoid create_invoice(invoice i);\n";
const std::string new_text = "struct bill {\n    int a;\n    int b;\n    int c;\n};\nvoid create_bill(bill i);\n";

class moves_test : public project_test {
  protected:
    tree before = tree_of({{"src/invoice.hpp", old_text}, {"src/custom/invoice.cpp", "// invoice hooks\n"}});
    tree after = tree_of({{"src/bill.hpp", new_text}, {"src/custom/bill.cpp", "// bill hooks\n"}});

    void SetUp() override {
        before.files["src/custom/invoice.cpp"].owner = owner_class::seeded;
        after.files["src/custom/bill.cpp"].owner = owner_class::seeded;
        after.files["src/bill.hpp"].former = "src/invoice.hpp";
        after.files["src/custom/bill.cpp"].former = "src/custom/invoice.cpp";
        after.renames = {{"invoice", "bill"}, {"Invoice", "Bill"}};
        create(before);
    }

    void expect_quiet() {
        expect_tidy();
        const plan again = must_regenerate(after);
        EXPECT_FALSE(has_pending(again));
        EXPECT_EQ(fate(again, "src/invoice.hpp"), "(none)");
    }
};

TEST_F(moves_test, untouched_files_move_and_become_what_is_generated) {
    const plan p = must_regenerate(after);
    EXPECT_EQ(fate(p, "src/bill.hpp"), "move renamed");
    EXPECT_EQ(fate(p, "src/invoice.hpp"), "(none)");
    must_apply();
    EXPECT_EQ(disk.content("src/bill.hpp"), new_text);
    EXPECT_EQ(disk.content("src/invoice.hpp"), "(absent)");
    EXPECT_EQ(base_of("src/bill.hpp"), new_text);
    EXPECT_EQ(disk.content("src/custom/bill.cpp"), "// bill hooks\n");
    expect_quiet();
}

TEST_F(moves_test, edits_go_along_under_the_new_names) {
    std::string mine = old_text;
    mine.insert(mine.find("    int b;"), "    invoice* next;\n");
    disk.put("src/invoice.hpp", mine, 0600);
    disk.put("src/custom/invoice.cpp", "void mine() { create_invoice({}); }\n");
    must_regenerate(after);
    must_apply();
    EXPECT_EQ(disk.content("src/bill.hpp"),
              "struct bill {\n    int a;\n    bill* next;\n    int b;\n    int c;\n};\nvoid create_bill(bill i);\n");
    EXPECT_EQ(disk.nodes.find("src/bill.hpp")->second.permissions, 0600u);
    EXPECT_EQ(disk.content("src/custom/bill.cpp"), "void mine() { create_bill({}); }\n");
    EXPECT_EQ(base_of("src/bill.hpp"), new_text);
    expect_quiet();
}

TEST_F(moves_test, an_edit_in_the_same_place_moves_and_what_is_generated_waits_beside) {
    std::string mine = old_text;
    mine.replace(mine.find("int b"), 5, "long b");
    disk.put("src/invoice.hpp", mine);
    after.files["src/bill.hpp"].content.replace(new_text.find("int b"), 5, "short b");
    const plan p = must_regenerate(after);
    EXPECT_EQ(fate(p, "src/bill.hpp"), "move both_changed");
    EXPECT_TRUE(has_attention(p));
    must_apply();
    EXPECT_NE(disk.content("src/bill.hpp").find("long b"), std::string::npos);
    EXPECT_NE(disk.content("src/bill.hpp").find("struct bill"), std::string::npos);
    EXPECT_EQ(disk.content("src/bill.hpp.new"), after.files["src/bill.hpp"].content);
    EXPECT_NE(disk.content(".tenon/conflicts.json").find("long b"), std::string::npos);
    expect_quiet();
    disk.nodes.erase("src/bill.hpp.new");
    must_regenerate(after);
    must_apply();
    EXPECT_EQ(base_of("src/bill.hpp"), after.files["src/bill.hpp"].content);
    expect_quiet();
}

TEST_F(moves_test, a_deletion_stays_one) {
    disk.nodes.erase("src/invoice.hpp");
    disk.nodes.erase("src/custom/invoice.cpp");
    const plan p = must_regenerate(after);
    EXPECT_EQ(fate(p, "src/bill.hpp"), "respect_deletion deleted_by_user");
    EXPECT_EQ(fate(p, "src/custom/bill.cpp"), "respect_deletion deleted_by_user");
    must_apply();
    EXPECT_EQ(disk.content("src/bill.hpp"), "(absent)");
    expect_quiet();
}

TEST_F(moves_test, what_the_user_moved_is_taken_where_it_is) {
    std::string mine = old_text;
    mine.insert(mine.find("    int b;"), "    int mine;\n");
    disk.nodes.erase("src/invoice.hpp");
    disk.put("src/bill.hpp", mine);
    must_regenerate(after);
    must_apply();
    EXPECT_NE(disk.content("src/bill.hpp").find("int mine"), std::string::npos);
    EXPECT_EQ(base_of("src/invoice.hpp"), "(absent)");
    EXPECT_NE(disk.content("src/bill.hpp").find("struct bill"), std::string::npos);
    expect_quiet();
}

TEST_F(moves_test, nothing_moves_onto_a_file_of_the_users) {
    disk.put("src/bill.hpp", "the user's own");
    const plan p = must_regenerate(after);
    EXPECT_EQ(fate(p, "src/bill.hpp"), "conflict unowned");
    EXPECT_EQ(fate(p, "src/invoice.hpp"), "delete no_longer_generated");
    must_apply();
    EXPECT_EQ(disk.content("src/bill.hpp"), "the user's own");
}

TEST_F(moves_test, two_entities_that_swap_names_lose_nothing) {
    tree two = tree_of({{"a.hpp", "struct a {};\n"}, {"b.hpp", "struct b {};\n"}});
    disk.nodes.clear();
    create(two);
    disk.put("a.hpp", "struct a {};\n// mine\n");
    two.files["a.hpp"].former = "b.hpp";
    two.files["b.hpp"].former = "a.hpp";
    two.renames = {{"a", "b"}, {"b", "a"}};
    const plan p = must_regenerate(two);
    EXPECT_FALSE(has_pending(p));
}

TEST_F(moves_test, a_rename_reaches_edits_in_files_that_stay) {
    tree first = tree_of({{"main.cpp", "route<invoice>();\nother();\n"}});
    tree second = tree_of({{"main.cpp", "route<bill>();\nother();\n"}});
    second.renames = after.renames;
    disk.nodes.clear();
    create(first);
    disk.put("main.cpp", "route<invoice>();\nmine<invoice>();\nother();\n");
    EXPECT_EQ(fate(must_regenerate(second), "main.cpp"), "merge both_merged");
    must_apply();
    EXPECT_EQ(disk.content("main.cpp"), "route<bill>();\nmine<bill>();\nother();\n");
}

TEST_F(moves_test, a_name_that_two_things_share_is_a_conflict_also_in_a_file_of_the_users) {
    disk.nodes.clear();
    tree first = tree_of({{"src/a.cpp", "use(value.title);\n"}, {"src/b.cpp", "use(value.title);\n"}});
    first.files["src/custom/invoice.cpp"] = {"hooks\n", owner_class::seeded, false, "test"};
    create(first);
    disk.put("src/custom/invoice.cpp", "hooks\nuse(x.title);\n");
    tree second = tree_of({{"src/a.cpp", "use(value.headline);\n"}, {"src/b.cpp", "use(value.title);\n"}});
    second.files["src/a.cpp"].subject = "bill";
    second.files["src/b.cpp"].subject = "page";
    second.files["src/custom/bill.cpp"] = {"hooks\n", owner_class::seeded, false, "test"};
    second.files["src/custom/bill.cpp"].former = "src/custom/invoice.cpp";
    second.renames = {{"title", "headline"}};
    const plan p = must_regenerate(second);
    EXPECT_EQ(fate(p, "src/custom/bill.cpp"), "move both_changed");
    ASSERT_EQ(entry_of(p, "src/custom/bill.cpp")->hunks.size(), 1u);
    EXPECT_EQ(entry_of(p, "src/custom/bill.cpp")->hunks[0].line, 2u);
    must_apply();
    EXPECT_EQ(disk.content("src/custom/bill.cpp"), "hooks\nuse(x.title);\n");
    EXPECT_EQ(disk.content("src/custom/bill.cpp.new"), "hooks\nuse(x.headline);\n");
    EXPECT_EQ(fate(must_regenerate(second), "src/custom/bill.cpp"), "keep conflict_open");
    disk.nodes.erase("src/custom/bill.cpp.new");
    EXPECT_EQ(fate(must_regenerate(second), "src/custom/bill.cpp"), "keep seeded_once");
}

TEST_F(moves_test, a_rename_reaches_edits_where_nothing_else_changes) {
    disk.nodes.clear();
    create(tree_of({{"src/a.cpp", old_text}, {"src/b.cpp", "other();\n"}}));
    disk.put("src/b.cpp", "other();\nmine(invoice());  // an invoice\n");
    tree second = tree_of({{"src/a.cpp", new_text}, {"src/b.cpp", "other();\n"}});
    second.renames = after.renames;
    EXPECT_EQ(fate(must_regenerate(second), "src/b.cpp"), "merge both_merged");
    must_apply();
    EXPECT_EQ(disk.content("src/b.cpp"), "other();\nmine(bill());  // an invoice\n");
    const plan again = must_regenerate(second);
    EXPECT_FALSE(has_pending(again));
    EXPECT_EQ(fate(again, "src/b.cpp"), "keep edited_by_user");
}

TEST_F(moves_test, a_moved_file_goes_back_with_undo) {
    disk.put("src/custom/invoice.cpp", "// mine: invoice\n", 0640);
    must_regenerate(after);
    const auto planned = disk.files();
    must_apply();
    auto undone = undo_last_apply(disk);
    ASSERT_TRUE(undone) << undone.error().message;
    EXPECT_EQ(disk.files(), planned);
    EXPECT_EQ(disk.nodes.find("src/custom/invoice.cpp")->second.permissions, 0640u);
}

TEST_F(moves_test, a_plan_overtaken_by_an_edit_of_the_old_file_is_stale) {
    must_regenerate(after);
    disk.put("src/invoice.hpp", "edited meanwhile");
    auto done = apply_saved(disk);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "src/invoice.hpp");
}

/// In both the user's line and the generated one differ, and the base reads the same under either name.
class conflicting_move : public moves_test {
  protected:
    const std::string base = "first\nsecond\n";
    tree one = tree_of({{"src/invoice.txt", base}, {"src/invoice.hpp", old_text}, {"src/z.cpp", "z1"}});
    tree two = tree_of({{"src/bill.txt", "generated\nsecond\n"}, {"src/bill.hpp", new_text}, {"src/z.cpp", "z2"}});

    void SetUp() override {
        two.files["src/bill.txt"].former = "src/invoice.txt";
        two.files["src/bill.hpp"].former = "src/invoice.hpp";
        two.renames = {{"invoice", "bill"}};
        create(one);
        disk.put("src/invoice.txt", "mine\nsecond\n");
    }

    void expect_moved() {
        EXPECT_EQ(disk.content("src/bill.txt"), "mine\nsecond\n");
        EXPECT_EQ(disk.content("src/bill.txt.new"), "generated\nsecond\n");
        EXPECT_EQ(disk.content("src/invoice.txt"), "(absent)");
        EXPECT_EQ(base_of("src/bill.txt"), base);
        EXPECT_EQ(disk.content("src/bill.hpp"), new_text);
        EXPECT_EQ(disk.content("src/invoice.hpp"), "(absent)");
        const plan again = must_regenerate(two);
        EXPECT_EQ(fate(again, "src/bill.txt"), "keep conflict_open");
        EXPECT_FALSE(has_pending(again));
        expect_tidy();
    }
};

TEST_F(conflicting_move, is_applied_when_the_rename_leaves_its_base_as_it_was) {
    EXPECT_EQ(fate(must_regenerate(two), "src/bill.txt"), "move both_changed");
    must_apply();
    expect_moved();
}

TEST_F(conflicting_move, stays_planned_when_it_is_left_out) {
    must_regenerate(two);
    must_apply({"src/z.cpp"});
    EXPECT_EQ(disk.content("src/z.cpp"), "z2");
    EXPECT_EQ(disk.content("src/invoice.txt"), "mine\nsecond\n");
    must_apply();
    expect_moved();
}

TEST_F(conflicting_move, other_moves_are_not_forgotten_when_some_are_applied) {
    must_regenerate(two);
    must_apply({"src/bill.hpp"});
    EXPECT_EQ(disk.content("src/bill.hpp"), new_text);
    // A new plan knows as much as the rest of the old one.
    EXPECT_EQ(fate(must_regenerate(two), "src/bill.txt"), "move both_changed");
    must_apply();
    expect_moved();
}

TEST_F(conflicting_move, any_part_of_a_plan_can_be_applied_first) {
    const plan p = must_regenerate(two);
    const memory_filesystem planned = disk;
    for (const plan_entry& first : p.entries) {
        disk = planned;
        must_apply({first.path});
        must_regenerate(two);
        must_apply();
        expect_moved();
        EXPECT_EQ(disk.content("src/z.cpp"), "z2");
    }
}

}  // namespace
}  // namespace tenon::gen
