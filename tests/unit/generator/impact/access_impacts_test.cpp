// Who may do more, who may do less; and the record that remembers it, also after a merge in git.
#include "generator/impact/access_impacts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto no = decision::denied;
constexpr auto own = decision::own;
constexpr auto yes = decision::allowed;

std::vector<std::string> told(const access_matrix& before, const access_matrix& after,
                              const std::map<std::string, std::string>& renamed = {}) {
    std::vector<std::string> out;
    for (const access_impact& one : compare_access(before, after, renamed)) {
        EXPECT_NE(find_impact_kind(one.what.kind), nullptr) << one.what.kind;
        out.push_back(std::string(to_string(one.what.level)) + " " + one.what.kind + ": " + one.what.message);
    }
    return out;
}

const access_matrix usual{{"admin", {{"task:read", yes}, {"task:delete", yes}}},
                          {"guest", {{"task:read", own}, {"task:delete", no}}}};

TEST(access_impacts, tells_every_change_of_a_grant) {
    EXPECT_THAT(told(usual, usual), IsEmpty());
    const auto guest = [](decision read, decision remove) {
        access_matrix out = usual;
        out["guest"] = {{"task:read", read}, {"task:delete", remove}};
        return told(usual, out);
    };
    EXPECT_THAT(guest(own, yes), ElementsAre("warning grant_added: the role 'guest' may now do task:delete"));
    EXPECT_THAT(guest(own, own),
                ElementsAre("warning grant_added: the role 'guest' may now do task:delete, on own records only"));
    EXPECT_THAT(guest(no, no), ElementsAre("breaking grant_removed: the role 'guest' may no longer do task:read"));
    EXPECT_THAT(guest(yes, no), ElementsAre("warning grant_widened: the role 'guest' may now do task:read on every "
                                            "record, not only on own ones"));
    access_matrix narrow = usual;
    narrow["admin"]["task:read"] = own;
    EXPECT_THAT(told(usual, narrow),
                ElementsAre("breaking grant_narrowed: the role 'admin' may do task:read on own records only"));
}

TEST(access_impacts, a_right_that_nobody_had_is_a_grant_and_not_a_new_right) {
    access_matrix before = usual;
    before["admin"]["task:delete"] = no;
    EXPECT_THAT(told(before, usual), ElementsAre("warning grant_added: the role 'admin' may now do task:delete"));
}

TEST(access_impacts, tells_roles_and_rights_that_come_and_go_once) {
    access_matrix after = usual;
    after["helper"] = {{"task:read", yes}, {"task:delete", no}};
    EXPECT_THAT(told(usual, after), ElementsAre("warning role_added: the role 'helper' is new, with 1 of 2 rights"));
    EXPECT_THAT(told(after, usual), ElementsAre("breaking role_removed: the role 'helper' is gone: its members can "
                                                "do nothing until they have another one (docs/rights.md, 'Renaming or "
                                                "dropping a role')"));
    access_matrix with_tag = usual;
    for (auto& [role, row] : with_tag) row["tag:read"] = yes;
    EXPECT_THAT(told(usual, with_tag), ElementsAre("info permission_added: the right tag:read is new"));
    EXPECT_THAT(told(with_tag, usual),
                ElementsAre("info permission_removed: the right tag:read is gone: no role has it"));
}

TEST(access_impacts, tells_what_newcomers_become) {
    access_matrix before = usual;
    before["admin"].emplace(newcomers_label, no);
    before["guest"].emplace(newcomers_label, yes);
    EXPECT_THAT(told(before, before), IsEmpty());
    EXPECT_THAT(told(usual, before), IsEmpty()) << "earlier versions did not record it";
    access_matrix after = usual;
    after["admin"].emplace(newcomers_label, yes);
    after["guest"].emplace(newcomers_label, no);
    EXPECT_THAT(told(before, after),
                ElementsAre("warning newcomers_changed: new members become 'admin', no longer 'guest'"));
}

TEST(access_impacts, tells_what_founders_become) {
    access_matrix before = usual;
    before["admin"].emplace(founder_label, yes);
    before["guest"].emplace(founder_label, no);
    EXPECT_THAT(told(before, before), IsEmpty());
    EXPECT_THAT(told(usual, before), IsEmpty()) << "earlier versions did not record it";
    access_matrix after = usual;
    after["admin"].emplace(founder_label, no);
    after["guest"].emplace(founder_label, yes);
    EXPECT_THAT(told(before, after),
                ElementsAre("warning founder_changed: the founder's role is 'guest', no longer 'admin': its members "
                            "may now give every role, and existing tenants may have nobody with it"));
    EXPECT_TRUE(widens(compare_access(before, after, {}).front().what));
}

TEST(access_impacts, a_right_that_comes_to_an_entity_of_before_is_a_grant_of_each_role) {
    access_matrix after = usual;
    after["admin"]["task:purge"] = yes;
    after["guest"]["task:purge"] = no;
    EXPECT_THAT(told(usual, after), ElementsAre("warning grant_added: the role 'admin' may now do task:purge",
                                                "info permission_added: the right task:purge is new"));
    EXPECT_THAT(told(after, usual),
                ElementsAre("breaking grant_removed: the role 'admin' may no longer do task:purge",
                            "info permission_removed: the right task:purge is gone: no role has it"));
    access_matrix job{{"admin", {{"job:read", yes}, {"job:delete", yes}, {"job:purge", yes}}},
                      {"guest", {{"job:read", own}, {"job:delete", no}, {"job:purge", no}}}};
    EXPECT_THAT(told(usual, job, {{"task", "job"}}),
                ElementsAre("warning grant_added: the role 'admin' may now do job:purge",
                            "info permission_added: the right job:purge is new"));
}

TEST(impacts, what_widens_rights_stands_before_everything_and_is_never_cut) {
    std::vector<impact> all{{"table_dropped", severity::destructive, "a table goes"},
                            {"grant_removed", severity::breaking, "less"},
                            {"grant_added", severity::warning, "more"},
                            {"newcomers_changed", severity::warning, "others"},
                            {"role_added", severity::info, "a role without rights"}};
    sort_impacts(all);
    EXPECT_EQ(all[0].message, "more");
    EXPECT_EQ(all[1].message, "others");
    EXPECT_EQ(all[2].message, "a table goes");
    const std::string text = summarize_impacts(all, painter(false), 0);
    EXPECT_NE(text.find("more\n"), std::string::npos) << text;
    EXPECT_NE(text.find("others\n"), std::string::npos) << text;
    EXPECT_NE(text.find("less"), std::string::npos) << "what breaks is not cut either";
}

TEST(access_impacts, a_renamed_entity_keeps_its_rights) {
    access_matrix after{{"admin", {{"job:read", yes}, {"job:delete", yes}}},
                        {"guest", {{"job:read", own}, {"job:delete", no}}}};
    EXPECT_THAT(told(usual, after, {{"task", "job"}}), IsEmpty());
    after["guest"]["job:delete"] = yes;
    EXPECT_THAT(told(usual, after, {{"task", "job"}}),
                ElementsAre("warning grant_added: the role 'guest' may now do job:delete"));
}

TEST(access_record, comes_back_as_it_was_written) {
    const access_record written{usual, bin_record{{"note", 0}, {"task", 7'776'000}},
                                reference_record{{"task.author", {"user", on_delete_rule::set_null, false}},
                                                 {"task.note", {"note", on_delete_rule::restrict_, false}},
                                                 {"task.parent", {"task", on_delete_rule::cascade, true}}}};
    const auto back = read_access_record(write_access_record(written));
    ASSERT_TRUE(back.has_value()) << back.error().message;
    EXPECT_EQ(*back, written);
}

TEST(access_record, takes_what_a_merge_leaves) {
    const auto merged = read_access_record(
        "{\"format_version\": 3, \"access\": [\"b\", \"b x:read no\", \"a\", \"b x:read yes\", \"b\", \"b x:read "
        "own\", \"\"], \"bins\": [\"x 60\", \"y 60\", \"\", \"x 90\", \"y 0\", \"x 30\", \"y 30\"], "
        "\"references\": [\"x.up x cascade tree\", \"x.y y cascade\", \"\", \"x.y y set_null\", \"x.up x cascade\"]}");
    ASSERT_TRUE(merged.has_value()) << merged.error().message;
    EXPECT_EQ(merged->rights, (access_matrix{{"a", {}}, {"b", {{"x:read", yes}}}}));
    EXPECT_EQ(merged->bins, (bin_record{{"x", 90}, {"y", 0}})) << "so that what is deleted earlier is told";
    EXPECT_EQ(merged->references, (reference_record{{"x.up", {"x", on_delete_rule::cascade, false}},
                                                    {"x.y", {"y", on_delete_rule::set_null, false}}}));
}

TEST(access_record, of_an_earlier_version_says_nothing_about_bins_or_refs) {
    const auto read = read_access_record("{\"format_version\": 1, \"access\": [\"a\", \"\"]}");
    ASSERT_TRUE(read.has_value()) << read.error().message;
    EXPECT_EQ(*read, (access_record{{{"a", {}}}, std::nullopt, std::nullopt}));
    const auto second = read_access_record("{\"format_version\": 2, \"access\": [\"a\"], \"bins\": []}");
    ASSERT_TRUE(second.has_value()) << second.error().message;
    EXPECT_EQ(*second, (access_record{{{"a", {}}}, bin_record(), std::nullopt}));
}

TEST(access_record, refuses_what_it_does_not_understand) {
    for (const char* text :
         {"", "{}", "[]", "{\"format_version\": 3, \"access\": [], \"bins\": []}",
          "{\"format_version\": 4, \"access\": [], \"bins\": [], \"references\": []}",
          "{\"format_version\": 2, \"access\": []}", "{\"format_version\": 1, \"access\": [1]}",
          "{\"format_version\": 1, \"access\": [\"a b\"]}", "{\"format_version\": 1, \"access\": [\"a b maybe\"]}",
          "{\"format_version\": 1, \"access\": {}}", "<<<<<<< HEAD\n"}) {
        EXPECT_FALSE(read_access_record(text).has_value()) << text;
    }
    for (const char* line : {"task", "task ", " 60", "task -1", "task 60d", "task 99999999999999999999"}) {
        const std::string text = std::string("{\"format_version\": 2, \"access\": [], \"bins\": [\"") + line + "\"]}";
        EXPECT_FALSE(read_access_record(text).has_value()) << text;
    }
    for (const char* line : {"a.b", "a.b c", "a.b c sometimes", "a c cascade", ".b c cascade", "a. c cascade",
                             "a.b c cascade bush", "a.b c cascade tree tree"}) {
        const std::string text =
            std::string("{\"format_version\": 3, \"access\": [], \"bins\": [], \"references\": [\"") + line + "\"]}";
        EXPECT_FALSE(read_access_record(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace tenon::gen
