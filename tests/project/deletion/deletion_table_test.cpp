// docs/deletion.md, cell by cell and by HTTP. Compiled with the tests of the project that spec.yaml makes.
#include <string>
#include <vector>

#include "deletion_fixture.hpp"

namespace library::tests {
namespace {

/// What a deletion into the bin does to a live referrer, and what a restore and a purge do then.
struct soft_cell {
    const char* field;
    int status;
    after deleted, restored, purged;
};
const std::vector<soft_cell> soft_cells = {
    {"on_shelf_id", 409, after::stays, after::stays, after::stays},
    {"of_shelf_id", 204, after::in_bin, after::stays, after::gone},
    {"near_shelf_id", 204, after::emptied, after::emptied, after::emptied},
};

TEST_F(deletion, soft_with_a_live_referrer) {
    for (const std::string kind : {"books", "notes"}) {
        for (const soft_cell& cell : soft_cells) {
            SCOPED_TRACE(kind + " " + cell.field);
            const std::string shelf = make("shelves");
            const std::string referrer = make(kind, json(cell.field, id(shelf)));
            const bool along = cell.deleted == after::in_bin;
            const after hidden = along && kind == "notes" ? after::hidden : cell.deleted;
            ASSERT_EQ(remove(shelf), cell.status);
            expect(hidden, referrer, cell.field, shelf);
            if (cell.status != 204) continue;
            ASSERT_EQ(restore(shelf), 200);
            if (along) {
                EXPECT_EQ(at(referrer, cell.field), id(shelf)) << "it comes back as it was";
                EXPECT_EQ(at(referrer, "version"), "3");
            } else {
                expect(cell.restored, referrer, cell.field, shelf);
            }
            ASSERT_EQ(remove(shelf), 204);
            ASSERT_EQ(purge(shelf), 204);
            EXPECT_EQ(restore(shelf), 404);
            expect(cell.purged, referrer, cell.field, shelf);
            if (along && kind == "books") {
                EXPECT_EQ(restore(referrer), 404) << "it is gone with its target";
            }
        }
    }
}

TEST_F(deletion, soft_with_a_referrer_in_the_bin) {
    for (const soft_cell& cell : soft_cells) {
        SCOPED_TRACE(cell.field);
        const std::string shelf = make("shelves");
        const std::string book = make("books", json(cell.field, id(shelf)));
        const std::string other = make("books", json(cell.field, id(shelf)));
        const bool clears = cell.field == std::string("near_shelf_id");
        ASSERT_EQ(remove(book), 204);
        ASSERT_EQ(remove(other), 204);
        ASSERT_EQ(remove(shelf), 204) << "the bin does not stand in the way";
        expect(after::in_bin, book, cell.field, shelf);

        const answer early = owner().post(book + "/restore");
        EXPECT_EQ(early.status, clears ? 200 : 409) << early.body;
        if (clears) {
            EXPECT_EQ(early.at("/near_shelf_id"), "");
        } else {
            EXPECT_EQ(early.at("/code"), "reference");
            EXPECT_EQ(early.at("/detail"), "The book refers to a shelf that is in the bin: restore that first.");
        }
        ASSERT_EQ(restore(shelf), 200);
        expect(after::in_bin, other, cell.field, shelf);
        ASSERT_EQ(restore(other), 200) << "it did not go with the shelf, so it does not come with it either";
        EXPECT_EQ(at(other, cell.field), id(shelf));
    }
}

TEST_F(deletion, for_good_from_the_bin_with_a_referrer_in_the_bin) {
    for (const soft_cell& cell : soft_cells) {
        SCOPED_TRACE(cell.field);
        const std::string shelf = make("shelves");
        const std::string book = make("books", json(cell.field, id(shelf)));
        ASSERT_EQ(remove(book), 204);
        ASSERT_EQ(remove(shelf), 204);
        ASSERT_EQ(purge(shelf), 204);
        const bool goes = cell.field == std::string("of_shelf_id");
        ASSERT_EQ(restore(book), goes ? 404 : 200);
        if (!goes) {
            EXPECT_EQ(at(book, cell.field), "");
        }
    }
}

struct hard_cell {
    const char* field;
    int status;
    after live, in_bin;
};
const std::vector<hard_cell> hard_cells = {
    {"in_crate_id", 409, after::stays, after::emptied},
    {"of_crate_id", 204, after::gone, after::gone},
    {"near_crate_id", 204, after::emptied, after::emptied},
};

TEST_F(deletion, for_good_with_a_live_referrer) {
    for (const std::string kind : {"books", "notes"}) {
        for (const hard_cell& cell : hard_cells) {
            SCOPED_TRACE(kind + " " + cell.field);
            const std::string crate = make("crates");
            const std::string referrer = make(kind, json(cell.field, id(crate)));
            ASSERT_EQ(remove(crate), cell.status);
            expect(cell.live, referrer, cell.field, crate);
            EXPECT_EQ(owner().get(crate).status, cell.status == 204 ? 404 : 200);
        }
    }
    const std::string crate = make("crates");
    const std::string tag = make("tags", json("crate_id", id(crate)));
    EXPECT_EQ(remove(crate), 409);
    expect(after::stays, tag, "crate_id", crate);
}

TEST_F(deletion, for_good_with_a_referrer_in_the_bin) {
    for (const hard_cell& cell : hard_cells) {
        SCOPED_TRACE(cell.field);
        const std::string crate = make("crates");
        const std::string book = make("books", json(cell.field, id(crate)));
        ASSERT_EQ(remove(book), 204);
        ASSERT_EQ(remove(crate), 204) << "the bin does not stand in the way";
        ASSERT_EQ(restore(book), cell.in_bin == after::gone ? 404 : 200);
        if (cell.in_bin == after::emptied) {
            EXPECT_EQ(at(book, cell.field), "");
        }
    }
    const std::string crate = make("crates");
    const std::string tag = make("tags", json("crate_id", id(crate)));
    const std::string note = make("notes", json("tag_id", id(tag)));
    ASSERT_EQ(remove(tag), 204);
    ASSERT_EQ(remove(crate), 204);
    EXPECT_EQ(restore(tag), 404) << "it cannot be without its crate";
    EXPECT_EQ(at(note, "tag_id"), "");
}

TEST_F(deletion, follows_what_cascades_to_its_end_and_is_whole) {
    const std::string root = make("shelves");
    const std::string child = make("shelves", json("parent_id", id(root)));
    const std::string leaf = make("shelves", json("parent_id", id(child)));
    const std::string book = make("books", json("of_shelf_id", id(leaf)) + "," + json("on_shelf_id", id(child)));
    const std::string held = make("books", json("on_shelf_id", id(leaf)));
    EXPECT_EQ(remove(root), 409) << "a book is on the last of them";
    for (const std::string& each : {root, child, leaf, book}) EXPECT_EQ(at(each, "version"), "1") << each;

    ASSERT_EQ(remove(held), 204);
    ASSERT_EQ(remove(root), 204) << "what goes along does not stand in the way";
    for (const std::string& each : {root, child, leaf, book}) expect(after::in_bin, each, "", "");
    EXPECT_EQ(restore(leaf), 409) << "its parent is in the bin";
    EXPECT_EQ(restore(book), 409);
    ASSERT_EQ(restore(root), 200);
    for (const std::string& each : {root, child, leaf, book}) EXPECT_EQ(at(each, "version"), "3") << each;
    EXPECT_EQ(restore(held), 200);

    ASSERT_EQ(remove(held), 204);
    ASSERT_EQ(remove(root), 204);
    ASSERT_EQ(purge(root), 204);
    for (const std::string& each : {child, leaf, book}) EXPECT_EQ(restore(each), 404) << each;
    EXPECT_EQ(restore(held), 200);
    EXPECT_EQ(at(held, "on_shelf_id"), "");
}

TEST_F(deletion, brings_back_only_what_went_with_it) {
    const std::string root = make("shelves");
    const std::string before = make("shelves", json("parent_id", id(root)));
    const std::string with = make("notes", json("of_shelf_id", id(root)));
    const std::string below = make("notes", json("of_shelf_id", id(before)));
    ASSERT_EQ(remove(before), 204);
    ASSERT_EQ(remove(root), 204);
    ASSERT_EQ(restore(root), 200);
    expect(after::in_bin, before, "", "");
    EXPECT_EQ(owner().get(below).status, 404);
    EXPECT_EQ(owner().get(with).status, 200);
    ASSERT_EQ(restore(before), 200);
    EXPECT_EQ(owner().get(below).status, 200);
}

TEST_F(deletion, comes_back_whole_or_not_at_all) {
    const std::string shelf = make("shelves");
    const std::string note = make("notes", json("of_shelf_id", id(shelf)));
    const std::string text = at(note, "text");
    ASSERT_EQ(remove(shelf), 204);
    const answer taken = owner().post("/v1/notes", "{" + json("text", text) + "}");
    ASSERT_EQ(taken.status, 201) << "what is in the bin holds no unique value";
    const answer refused = owner().post(shelf + "/restore");
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(refused.at("/code"), "unique");
    EXPECT_EQ(owner().get(shelf).status, 404);
    ASSERT_EQ(remove("/v1/notes/" + taken.at("/id")), 204);
    EXPECT_EQ(restore(shelf), 200);
    EXPECT_EQ(at(note, "text"), text);
}

}  // namespace
}  // namespace library::tests
