// Changing and deleting records: only what is named changes, and nobody overwrites what they have not seen.
#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

TEST_P(resource_test, changes_only_what_is_named) {
    if (!may_update()) GTEST_SKIP() << "no role may change it";
    answer before = create();
    if (make.left(r()) == 0) GTEST_SKIP() << "there are no other values";
    const body others = make.full(r());
    for (const field& f : r().fields) {
        if (f.immutable || f.hidden) continue;
        const std::string change = body().set(f.name, others.value(f.name)).text();
        const answer after = actor().patch(r().at(before.at("/id")), change);
        ASSERT_EQ(after.status, 200) << change << " " << after.body;
        EXPECT_EQ(std::stoll(after.at("/version")), std::stoll(before.at("/version")) + 1);
        EXPECT_EQ(after.header("ETag"), '"' + after.at("/version") + '"');
        for (const field& each : r().fields)
            EXPECT_TRUE(same_field(each, each.name == f.name ? change : before.body, after.body));
        EXPECT_EQ(actor().get(r().at(before.at("/id"))).body, after.body);
        before = after;
    }
}

TEST_P(resource_test, changes_nothing_when_nothing_is_named) {
    if (!may_update()) GTEST_SKIP() << "no role may change it";
    const answer made = create();
    const std::string path = r().at(made.at("/id"));
    const answer same = actor().patch(path, "{}");
    EXPECT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.body, made.body);
    EXPECT_EQ(same.header("ETag"), made.header("ETag"));
    EXPECT_EQ(actor().get(path).body, made.body);
}

TEST_P(resource_test, clears_with_null_what_may_be_empty) {
    if (!may_update()) GTEST_SKIP() << "no role may change it";
    const std::string path = r().at(create().at("/id"));
    for (const field& f : r().fields) {
        if (f.immutable || (!f.optional && f.wrong_type.empty())) continue;
        const answer after = actor().patch(path, body().set(f.name, "null").text());
        EXPECT_EQ(after.status, f.optional ? 200 : 422) << f.name << " " << after.body;
        if (!f.optional) {
            EXPECT_TRUE(blames(after, f.pointer()));
        }
        if (f.optional) {
            EXPECT_TRUE(same_field(f, body().set(f.name, "null").text(), after.body));
        }
    }
}

TEST_P(resource_test, refuses_changes_that_break_a_rule) {
    if (!may_update()) GTEST_SKIP() << "no role may change it";
    const answer made = create();
    const std::string path = r().at(made.at("/id"));
    for (const field& f : r().fields) {
        if (f.immutable) {
            const answer fixed = actor().patch(
                path, body().set(f.name, f.is_reference() ? json_string(unknown_id) : f.values.back()).text());
            EXPECT_EQ(fixed.status, 422) << f.name << " is given at creation only";
            EXPECT_TRUE(blames(fixed, f.pointer(), "immutable"));
            continue;
        }
        for (const std::string& bad :
            {f.refused, f.wrong_type, f.is_reference() ? json_string(unknown_id) : std::string()}) {
            if (bad.empty()) continue;
            const answer refused = actor().patch(path, body().set(f.name, bad).text());
            EXPECT_EQ(refused.status, 422) << f.name << " = " << bad << " " << refused.body;
            EXPECT_TRUE(blames(refused, f.pointer()));
        }
    }
    EXPECT_EQ(actor().patch(path, R"({"no_such_field":1})").status, 422);
    EXPECT_TRUE(blames(actor().patch(path, R"({"version":1})"), "/version", "read-only"));
    EXPECT_EQ(actor().get(path).body, made.body);
}

TEST_P(resource_test, refuses_to_overwrite_what_was_not_seen) {
    const std::string path = r().at(create().at("/id"));
    if (may_update()) {
        EXPECT_EQ(actor().send("PATCH", path, "{}", if_match("99")).status, 412);
        const answer weak = actor().send("PATCH", path, "{}", {std::pair("If-Match", "W/\"1\"")});
        EXPECT_EQ(weak.status, 412);
        EXPECT_EQ(weak.at("/code"), "weak_etag");
        EXPECT_EQ(actor().send("PATCH", path, "{}", {if_match("99").front(), if_match("1").front()}).status, 200)
            << "two lines are one list";
    }
    if (may_remove()) {
        EXPECT_EQ(actor().send("DELETE", path, "", if_match("99")).status, 412);
        EXPECT_EQ(actor().send("DELETE", path, "", if_none_match("1")).status, 412);
    }
    EXPECT_EQ(actor().get(path).at("/version"), "1");
    EXPECT_EQ(actor().send("GET", path, "", if_none_match("1")).status, 304);
    EXPECT_EQ(actor().send("GET", path, "", if_none_match("99")).status, 200);
    EXPECT_EQ(actor().send("GET", path, "", if_match("99")).status, 412);
    if (may_remove()) {
        EXPECT_EQ(actor().send("DELETE", path, "", if_match("1")).status, 204);
    }
}

TEST_P(resource_test, is_gone_when_deleted) {
    if (!may_remove()) GTEST_SKIP() << "no role may delete it";
    const std::string path = r().at(create().at("/id"));
    const std::size_t before = ids().size();
    EXPECT_EQ(actor().remove(path).status, 204);
    EXPECT_EQ(actor().get(path).status, 404);
    EXPECT_EQ(actor().remove(path).status, 404);
    EXPECT_EQ(actor().patch(path, "{}").status, may_update() ? 404 : 403);
    EXPECT_EQ(ids().size(), before - 1);
}

TEST_P(resource_test, comes_back_from_the_bin) {
    if (!r().soft_delete || !may_remove()) GTEST_SKIP() << "it has no bin, or no role may use it";
    const answer made = create();
    const std::string path = r().at(made.at("/id"));
    EXPECT_EQ(actor().post(path + "/restore").status, 404) << "it is not in the bin";
    ASSERT_EQ(actor().remove(path).status, 204);
    EXPECT_EQ(ids("&deleted=only"), std::vector<std::string>{made.at("/id")});
    const answer back = actor().post(path + "/restore");
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(back.at("/deleted_at"), "");
    for (const field& f : r().fields) EXPECT_TRUE(same_field(f, made.body, back.body));
    EXPECT_EQ(actor().get(path).body, back.body);
}

TEST_P(resource_test, does_what_the_spec_says_when_its_target_goes) {
    for (const field& f : r().fields) {
        if (f.when_target_goes == on_delete::nothing) continue;
        const resource& target = f.target();
        if (make.left(r()) == 0 || !target.can_be_made || make.left(target) == 0) continue;
        if (target.of(target.actor).remove == may::none) continue;
        // Nothing else refers to it: neither another field of the record nor another record.
        const std::string referred = make.make(target);
        const std::string path = r().at(make.make(r(), make.full(r()).with(f.name, json_string(referred))));
        const answer gone = home.as(target.actor).remove(target.at(referred));
        EXPECT_EQ(gone.status, f.when_target_goes == on_delete::refuse ? 409 : 204) << f.name << " " << gone.body;
        const answer left = actor().get(path);
        EXPECT_EQ(left.status, f.when_target_goes == on_delete::cascade ? 404 : 200) << f.name;
        if (f.when_target_goes == on_delete::clear) {
            EXPECT_TRUE(same_field(f, body().set(f.name, "null").text(), left.body));
            EXPECT_NE(left.at("/version"), "1") << "whoever has read it before must be told";
        }
        if (f.when_target_goes == on_delete::cascade && target.soft_delete) {
            const answer back = home.as(target.actor).post(target.at(referred) + "/restore");
            EXPECT_EQ(back.status, 200) << back.body;
            EXPECT_EQ(actor().get(path).status, 200) << "it comes back with its target";
        }
    }
}

TEST_P(resource_test, is_never_its_own_ancestor) {
    for (const field& f : r().fields) {
        if (!f.tree || f.immutable || !may_update() || make.left(r()) < 2) continue;
        const std::string above = make.make(r());
        const std::string below = make.make(r(), make.lean(r()).with(f.name, json_string(above)));
        for (const std::string& parent : {above, below}) {
            const answer refused = actor().patch(r().at(above), body().set(f.name, json_string(parent)).text());
            EXPECT_EQ(refused.status, 422) << f.name << " " << refused.body;
            EXPECT_TRUE(blames(refused, f.pointer()));
        }
    }
}

TEST_P(resource_test, is_gone_for_good_when_purged) {
    for (const access& who : r().roles) {
        if (who.purge != may::all || who.read != may::all || !may_remove() || make.left(r()) == 0) continue;
        const std::string path = r().at(create().at("/id"));
        EXPECT_EQ(home.as(who.role).post(path + "/purge").status, 404) << "it is not in the bin";
        ASSERT_EQ(actor().remove(path).status, 204);
        EXPECT_EQ(home.as(who.role).post(path + "/purge").status, 204) << who.role;
        EXPECT_EQ(actor().post(path + "/restore").status, 404);
        EXPECT_EQ(home.as(who.role).post(path + "/purge").status, 404);
    }
}

}  // namespace {{service.space}}::tests
