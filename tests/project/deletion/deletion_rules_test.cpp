// What docs/deletion.md says beside its table: refusals, refs in requests, purges, retention, trees, and two at once.
#include <algorithm>
#include <future>
#include <string>

#include "deletion_fixture.hpp"

namespace library::tests {
namespace {

TEST_F(deletion, says_what_stands_in_the_way_as_far_as_the_caller_may_see_it) {
    const std::string shelf = make("shelves");
    const std::string crate = make("crates");
    const auto refusal = [&](client& who, const std::string& path) {
        const answer got = who.remove(path);
        EXPECT_EQ(got.status, 409) << got.body;
        EXPECT_EQ(got.at("/code"), "reference");
        return got.at("/detail");
    };
    make("tags", json("crate_id", id(crate)) + "," + json("shelf_id", id(shelf)));
    EXPECT_EQ(refusal(member(), shelf), "Something still refers to this shelf.");
    EXPECT_EQ(refusal(owner(), shelf), "1 tag still refers to this shelf.");
    for (int i = 0; i < 2; ++i) make("books", json("on_shelf_id", id(shelf)) + "," + json("in_crate_id", id(crate)));
    make("notes", json("on_shelf_id", id(shelf)) + "," + json("in_crate_id", id(crate)));
    EXPECT_EQ(refusal(owner(), shelf), "2 books, 1 note and 1 tag still refer to this shelf.");
    EXPECT_EQ(refusal(member(), shelf),
              "2 books, 1 note and something that you may not see still refer to this shelf.");
    EXPECT_EQ(refusal(owner(), crate), "2 books, 1 note and 1 tag still refer to this crate.");
}

TEST_F(deletion, refuses_a_ref_that_the_caller_may_not_read_like_one_that_does_not_exist) {
    const std::string tag = make("tags", json("crate_id", id(make("crates"))));
    const auto refusal = [&](const std::string& tag_id) {
        const answer got = member().post("/v1/notes", "{" + json("text", "a") + "," + json("tag_id", tag_id) + "}");
        EXPECT_EQ(got.status, 422) << got.body;
        return got.at("/errors/0/pointer") + " " + got.at("/errors/0/detail");
    };
    EXPECT_EQ(refusal(id(tag)), refusal(std::string(unknown_id)));
    EXPECT_EQ(refusal(id(tag)), "/tag_id names no tag of this workspace");

    const std::string note = make("notes", json("tag_id", id(tag)));
    EXPECT_EQ(member().patch(note, "{" + json("tag_id", id(tag)) + "}").status, 200) << "it stays as it is";
    EXPECT_EQ(member().patch(note, R"({"tag_id":null})").status, 200);
    EXPECT_EQ(member().patch(note, "{" + json("tag_id", id(tag)) + "}").status, 422);
}

TEST_F(deletion, lets_a_hook_name_what_the_caller_may_not_read) {
    const auto tag = [&] { return id(make("tags", json("crate_id", id(make("crates"))))); };
    const auto text = [](const std::string& tag_id) { return json("text", "tag " + tag_id); };
    const std::string first = tag();
    const answer made = member().post("/v1/notes", "{" + text(first) + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.at("/tag_id"), first);
    const std::string note = "/v1/notes/" + made.at("/id");
    const std::string second = tag();
    const answer changed = member().patch(note, "{" + text(second) + "}");
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.at("/tag_id"), second);

    const std::string third = tag();
    const std::string named = "{" + text(third) + "," + json("tag_id", third) + "}";
    EXPECT_EQ(member().post("/v1/notes", named).status, 422) << "the caller has named it";
    EXPECT_EQ(member().patch(note, named).status, 422);
    const std::string missing = "{" + text(std::string(unknown_id)) + "}";
    EXPECT_EQ(member().post("/v1/notes", missing).status, 422) << "a hook can name only what is there";
    EXPECT_EQ(member().patch(note, missing).status, 422);
}

TEST_F(deletion, lets_an_unchanged_ref_into_the_bin_pass) {
    const std::string shelf = make("shelves");
    const std::string book = make("books", json("on_shelf_id", id(shelf)));
    const std::string other = make("books");
    write(R"(UPDATE "shelves" SET "deleted_at" = $3 WHERE "workspace_id" = $1 AND "id" = $2)", shelf);
    const std::string ref = json("on_shelf_id", id(shelf));
    EXPECT_EQ(owner().patch(book, "{" + json("title", "again") + "," + ref + "}").status, 200);
    EXPECT_EQ(owner().patch(other, "{" + ref + "}").status, 422);
    EXPECT_EQ(owner().post("/v1/books", "{" + json("title", "new") + "," + ref + "}").status, 422);

    // And it keeps the bin from losing what it names.
    const answer refused = owner().post(shelf + "/purge");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.at("/detail"), "1 book still refers to this shelf.");
    service().empty_bins(tenon::instant::now() + std::chrono::hours(24 * 31));
    EXPECT_EQ(restore(shelf), 200) << "the retention has passed it over";
}

TEST_F(deletion, purges_by_permission_what_is_in_the_bin) {
    const std::string shelf = make("shelves");
    EXPECT_EQ(member().post(shelf + "/purge").status, 403);
    EXPECT_EQ(purge(shelf), 404) << "it is not in the bin";
    ASSERT_EQ(member().remove(shelf).status, 204);
    EXPECT_EQ(member().post(shelf + "/purge").status, 403);
    EXPECT_EQ(owner().send("POST", shelf + "/purge", "{}", if_match("1")).status, 412);
    EXPECT_EQ(owner().send("POST", shelf + "/purge", "{}", if_match("2")).status, 204);
    EXPECT_EQ(restore(shelf), 404);
    EXPECT_EQ(owner().post(make("books") + "/purge").status, 404) << "there is no such route";
}

TEST_F(deletion, purges_by_its_creator_and_by_a_role_that_may_not_delete) {
    client& cleaner = home_.as("cleaner");
    client other = home_.another("member");
    const auto draft = [&] {
        const answer made = member().post("/v1/drafts", "{" + json("title", "a") + "}");
        EXPECT_EQ(made.status, 201) << made.body;
        return "/v1/drafts/" + made.at("/id");
    };
    const std::string own = draft();
    EXPECT_EQ(cleaner.get(own).status, 200);
    EXPECT_EQ(cleaner.remove(own).status, 403);
    EXPECT_EQ(cleaner.post(own + "/purge").status, 404) << "it is not in the bin";
    ASSERT_EQ(other.remove(own).status, 204);
    EXPECT_EQ(other.post(own + "/purge").status, 403) << "somebody else has made it";
    EXPECT_EQ(owner().post(own + "/purge").status, 403);
    EXPECT_EQ(cleaner.post(own + "/restore").status, 403);
    EXPECT_EQ(member().post(own + "/purge").status, 204);
    EXPECT_EQ(member().post(own + "/restore").status, 404);

    const std::string cleaned = draft();
    ASSERT_EQ(member().remove(cleaned).status, 204);
    EXPECT_EQ(cleaner.post(cleaned + "/purge").status, 204);
    EXPECT_EQ(cleaner.post(cleaned + "/purge").status, 404);
    EXPECT_EQ(member().post(cleaned + "/restore").status, 404);
}

TEST_F(deletion, tells_nobody_of_a_bin_whose_records_only_their_creator_may_read) {
    client other = home_.another("member");
    const answer made = member().post("/v1/diaries", "{" + json("title", "a") + "}");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string diary = "/v1/diaries/" + made.at("/id");
    ASSERT_EQ(member().remove(diary).status, 204);
    EXPECT_EQ(other.post(diary + "/purge").status, 404);
    EXPECT_EQ(owner().post(diary + "/purge").status, 404);
    EXPECT_EQ(member().post(diary + "/purge").status, 204);
    EXPECT_EQ(member().post(diary + "/restore").status, 404);
}

TEST_F(deletion, purges_what_cannot_be_read) {
    const std::string shelf = make("shelves");
    const std::string never = service().on_postgres() ? "'infinity'" : "9000000000000000000";
    write(R"(UPDATE "shelves" SET "deleted_at" = $3, "created_at" = )" + never +
              R"( WHERE "workspace_id" = $1 AND "id" = $2)",
          shelf);
    const answer refused = owner().post(shelf + "/restore");
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(refused.at("/code"), "unreadable");
    EXPECT_EQ(purge(shelf), 204);
    EXPECT_EQ(restore(shelf), 404);
}

TEST_F(deletion, keeps_what_is_in_the_bin_for_as_long_as_the_spec_says) {
    const std::string shelf = make("shelves");
    const std::string along = make("notes", json("of_shelf_id", id(shelf)));
    const std::string book = make("books", json("on_shelf_id", id(shelf)));
    const std::string live = make("shelves");
    ASSERT_EQ(remove(book), 204);
    const tenon::instant before = tenon::instant::now();
    ASSERT_EQ(remove(shelf), 204);
    const tenon::instant later = tenon::instant::now();
    const auto keep = std::chrono::hours(24 * 30);
    service().empty_bins(before + keep - std::chrono::microseconds(1));
    ASSERT_EQ(restore(shelf), 200) << "too early";
    ASSERT_EQ(remove(shelf), 204);
    EXPECT_GE(service().empty_bins(later + keep + std::chrono::minutes(1)), 1);
    EXPECT_EQ(restore(shelf), 404);
    EXPECT_EQ(owner().get(along).status, 404);
    EXPECT_EQ(owner().get(live).status, 200);
    ASSERT_EQ(restore(book), 200) << "its own bin keeps everything";
    EXPECT_EQ(at(book, "on_shelf_id"), "");
}

TEST_F(deletion, keeps_trees_free_of_circles) {
    const std::string root = make("shelves");
    const std::string child = make("shelves", json("parent_id", id(root)));
    const std::string leaf = make("shelves", json("parent_id", id(child)));
    const auto move = [&](const std::string& what, const std::string& to) {
        return owner().patch(what, "{" + json("parent_id", id(to)) + "}");
    };
    for (const std::string& below : {root, child, leaf}) {
        const answer refused = move(root, below);
        EXPECT_EQ(refused.status, 422) << refused.body;
        EXPECT_EQ(refused.at("/errors/0/detail"), "would make this shelf its own ancestor");
    }
    EXPECT_EQ(move(leaf, root).status, 200);
    EXPECT_EQ(move(child, leaf).status, 200);
    EXPECT_EQ(move(leaf, child).status, 422);
}

TEST_F(deletion, keeps_trees_free_of_circles_when_two_moves_meet) {
    for (int round = 0; round < 12; ++round) {
        const std::string one = make("shelves");
        const std::string two = make("shelves");
        const auto move = [](client who, const std::string& what, const std::string& to) {
            return who.patch(what, "{" + json("parent_id", id(to)) + "}").status;
        };
        auto there = std::async(std::launch::async, move, owner(), one, two);
        const int back = move(owner(), two, one);
        const int forth = there.get();
        EXPECT_EQ(std::min(back, forth), 200);
        EXPECT_EQ(std::max(back, forth), 422);
    }
}

TEST_F(deletion, never_leaves_a_live_record_that_refers_into_the_bin_when_two_meet) {
    for (int round = 0; round < 12; ++round) {
        const std::string root = make("shelves");
        const std::string child = make("shelves", json("parent_id", id(root)));
        const auto put = [](client who, const std::string& body) { return who.post("/v1/books", body); };
        const std::string body = "{" + json("title", "late") + "," + json("on_shelf_id", id(child)) + "}";
        auto there = std::async(std::launch::async, put, owner(), body);
        const int removed = remove(root);
        const answer made = there.get();
        EXPECT_TRUE((removed == 204 && made.status == 422) || (removed == 409 && made.status == 201))
            << removed << " " << made.status << " " << made.body;
    }
}

}  // namespace
}  // namespace library::tests
