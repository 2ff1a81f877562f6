// The permission matrix: every role, every operation, on records of one's own and of others.
#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

namespace {

/// What the service says to somebody with a right about a record that they may see or not, that is theirs or not.
int expected(may right, bool visible, bool mine, int success) {
    if (right == may::none) return 403;
    if (!visible) return 404;
    return right == may::own && !mine ? 403 : success;
}

/// Who may not read a record is not told that it exists, whatever else they may do with records.
bool visible(const access& who, bool mine) {
    return who.read == may::all || (who.read == may::own && mine);
}

void try_all(const resource& r, const access& who, client& as, const std::string& id, bool mine) {
    const std::string about = std::string(who.role) + (mine ? " on an own " : " on somebody's ") + std::string(r.name);
    const bool seen = visible(who, mine);
    const int hidden = who.read == may::none ? 403 : 404;
    EXPECT_EQ(as.get(r.at(id)).status, seen ? 200 : hidden) << about;
    EXPECT_EQ(as.patch(r.at(id), "{}").status, expected(who.update, seen, mine, 200)) << about;
    const int removed = as.remove(r.at(id)).status;
    EXPECT_EQ(removed, expected(who.remove, seen, mine, 204)) << about;
    if (r.soft_delete && removed == 204) {
        EXPECT_EQ(as.post(r.at(id) + "/restore").status, 200) << about;
    }
}

}  // namespace

TEST_P(resource_test, lets_each_role_do_what_the_spec_says_with_records_of_others) {
    for (const access& who : r().roles) {
        if (make.left(r()) == 0) break;
        const std::string id = make.make(r());
        client as = home.another(who.role);
        try_all(r(), who, as, id, false);
        EXPECT_EQ(as.get(r().path).status, who.read == may::none ? 403 : 200) << who.role;
        if (r().soft_delete) {
            const int bin = who.read == may::none || who.remove == may::none ? 403 : 200;
            EXPECT_EQ(as.get(std::string(r().path) + "?deleted=only").status, bin) << who.role;
        }
    }
}

TEST_P(resource_test, lets_each_role_do_what_the_spec_says_with_its_own_records) {
    for (const access& who : r().roles) {
        if (make.left(r()) == 0) break;
        client as = home.another(who.role);
        const answer made = as.post(r().path, make.lean(r()).text());
        const int success = r().shows_targets_to(who.role) ? 201 : 422;
        EXPECT_EQ(made.status, who.create == may::none ? 403 : success) << who.role << " " << made.body;
        if (made.status == 201) try_all(r(), who, as, made.at("/id"), true);
    }
}

TEST_P(resource_test, lists_only_what_a_role_may_see) {
    const std::string somebodys = make.make(r());
    for (const access& who : r().roles) {
        if (who.read == may::none || who.create == may::none || make.left(r()) == 0) continue;
        if (!r().shows_targets_to(who.role)) continue;
        client as = home.another(who.role);
        const answer made = as.post(r().path, make.lean(r()).text());
        ASSERT_EQ(made.status, 201) << made.body;
        const answer list = as.get(std::string(r().path) + "?limit=100");
        EXPECT_NE(list.body.find(made.at("/id")), std::string::npos) << who.role;
        EXPECT_EQ(list.body.find(json_string(somebodys)) != std::string::npos, who.read == may::all) << who.role;
    }
}

}  // namespace {{service.space}}::tests
