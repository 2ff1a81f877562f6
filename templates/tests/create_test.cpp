// Creating records: what is given is kept, what is left out gets its default, what breaks a rule is refused.
#include <thread>

#include "support/resource_test.hpp"

namespace {{service.space}}::tests {

TEST_P(resource_test, keeps_every_field_that_is_given) {
    const body given = make.full(r());
    const answer made = actor().post(r().path, given.text());
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Location"), r().at(made.at("/id")));
    EXPECT_EQ(made.header("ETag"), "\"1\"");
    EXPECT_EQ(made.at("/version"), "1");
    EXPECT_EQ(made.at("/created_by"), tenon::testing::service::user_of(actor()));
    for (const field& f : r().fields) EXPECT_TRUE(same_field(f, given.text(), made.body));

    const answer got = actor().get(made.header("Location"));
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.body, made.body);
    EXPECT_EQ(got.header("ETag"), "\"1\"");
}

TEST_P(resource_test, fills_in_what_is_left_out) {
    const body given = make.lean(r());
    const answer made = actor().post(r().path, given.text());
    ASSERT_EQ(made.status, 201) << made.body;
    for (const field& f : r().fields) {
        if (!given.value(f.name).empty()) continue;
        EXPECT_TRUE(made.has(f.pointer())) << f.name;
        if (!f.initial.empty()) {
            EXPECT_TRUE(same_field(f, body().set(f.name, f.initial).text(), made.body));
        }
    }
}

TEST_P(resource_test, needs_each_required_field) {
    const body good = make.full(r());
    for (const field& f : r().fields) {
        if (!f.required) continue;
        const answer refused = actor().post(r().path, good.without(f.name).text());
        EXPECT_EQ(refused.status, 422) << f.name;
        EXPECT_TRUE(blames(refused, f.pointer()));
    }
}

TEST_P(resource_test, refuses_values_that_break_a_rule) {
    const body good = make.full(r());
    for (const field& f : r().fields) {
        const std::string null = f.optional || f.wrong_type.empty() ? "" : "null";
        for (const std::string& bad : {f.refused, f.wrong_type, null}) {
            if (bad.empty()) continue;
            const answer refused = actor().post(r().path, good.with(f.name, bad).text());
            EXPECT_EQ(refused.status, 422) << f.name << " = " << bad << " " << refused.body;
            EXPECT_TRUE(blames(refused, f.pointer()));
        }
    }
}

TEST_P(resource_test, names_all_that_is_wrong_at_once) {
    body bad = make.full(r());
    const std::vector<std::string> before = ids();
    for (const field& f : r().fields) {
        if (!f.wrong_type.empty()) bad.set(f.name, f.wrong_type);
    }
    const answer refused = actor().post(r().path, bad.with("no_such_field", "1").text());
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(blames(refused, "/no_such_field"));
    for (const field& f : r().fields) {
        if (!f.wrong_type.empty()) {
            EXPECT_TRUE(blames(refused, f.pointer()));
        }
    }
    EXPECT_EQ(ids(), before) << "something was created all the same";
}

TEST_P(resource_test, refers_only_to_what_is_in_its_{{tenant.name.snake}}) {
    tenant elsewhere;
    maker theirs(elsewhere);
    const body good = make.full(r());
    for (const field& f : r().fields) {
        if (!f.is_reference() || f.hidden) continue;
        for (const std::string& id : {json_string(unknown_id), theirs.value_of(f, 0)}) {
            if (id == "null") continue;
            const answer refused = actor().post(r().path, good.with(f.name, id).text());
            EXPECT_EQ(refused.status, 422) << f.name << " " << refused.body;
            EXPECT_TRUE(blames(refused, f.pointer()));
        }
    }
}

TEST_P(resource_test, keeps_unique_values_apart) {
    const body taken = make.full(r());
    bool any = false, any_without = false;
    for (const field& f : r().fields) {
        any = any || f.unique;
        any_without = any_without || (f.unique && taken.value(f.name) == "null");
    }
    if (!any) GTEST_SKIP() << "nothing of it is unique";
    if (any_without)
        GTEST_SKIP() << "a rule keeps nothing apart where a value is missing, here a ref to what nobody can make";
    ASSERT_EQ(actor().post(r().path, taken.text()).status, 201);
    const answer again = actor().post(r().path, taken.text());
    EXPECT_EQ(again.status, 409) << again.body;
    EXPECT_EQ(again.at("/code"), "unique");
    EXPECT_EQ(again.size_at("/errors"), 1U) << "one rule is one error: " << again.body;
    if (make.left(r()) > 0) {
        EXPECT_EQ(actor().post(r().path, make.full(r()).text()).status, 201) << "other values are free";
    }
}

TEST_P(resource_test, is_made_once_under_an_idempotency_key) {
    const body given = make.full(r());
    const std::size_t before = ids().size();
    const auto post = [&](client& who, const std::string& text) {
        return who.send("POST", r().path, text, idempotency_key("create-once"));
    };
    // Two at once: the later one comes too early, or is answered like the first.
    client beside = actor();
    answer other;
    std::thread meanwhile([&] { other = post(beside, given.text()); });
    const answer first = post(actor(), given.text());
    meanwhile.join();
    for (const answer& each : {first, other}) {
        EXPECT_TRUE(each.status == 201 || each.at("/code") == "idempotency_key_in_use") << each.body;
    }
    const answer made = post(actor(), given.text());
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(made.header("Location"), r().at(made.at("/id")));
    EXPECT_EQ(made.header("ETag"), "\"1\"");
    for (const answer& each : {first, other}) {
        if (each.status == 201) {
            EXPECT_EQ(each.body, made.body);
        }
    }
    const answer reused = post(actor(), given.with("no_such_field", "1").text());
    EXPECT_EQ(reused.status, 422);
    EXPECT_EQ(reused.at("/code"), "idempotency_key_reused");
    EXPECT_EQ(ids().size(), before + 1);
}

TEST_P(resource_test, that_was_refused_can_be_sent_again_under_its_key) {
    const body good = make.full(r());
    const headers key = idempotency_key("create-later");
    const answer refused = actor().send("POST", r().path, good.with("no_such_field", "1").text(), key);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(blames(refused, "/no_such_field"));
    EXPECT_EQ(actor().send("POST", r().path, good.text(), key).status, 201);
}

}  // namespace {{service.space}}::tests
