// plan.json: what is written is read back, and a plan that was tampered with is refused.
#include <gtest/gtest.h>

#include "generator/plan/plan.hpp"

namespace tenon::gen {
namespace {

plan_entry entry(std::string path, plan_action action, plan_reason reason) {
    plan_entry e;
    e.path = std::move(path);
    e.action = action;
    e.reason = reason;
    return e;
}

plan sample() {
    plan p;
    p.generator_version = "0.1.0";
    p.spec = sha256("spec");
    p.manifest = sha256("manifest");
    plan_entry created = entry("a.sh", plan_action::create, plan_reason::new_file);
    created.after = created.new_base = sha256("a");
    created.executable = true;
    plan_entry clash = entry("b.cpp", plan_action::conflict, plan_reason::both_changed);
    clash.before = clash.after = sha256("mine");
    clash.base = clash.new_base = sha256("base");
    clash.before_mode = 0644;
    clash.beside = beside_file{"b.cpp.new", absent, sha256("theirs")};
    plan_entry updated = entry("c.cpp", plan_action::update, plan_reason::generated_changed);
    updated.before = updated.base = sha256("old");
    updated.after = updated.new_base = sha256("new");
    updated.before_mode = 0640;
    p.entries = {created, clash, updated};
    return p;
}

TEST(plan_json, is_read_back_as_it_was_written) {
    const std::string text = write_plan(sample());
    auto read = read_plan(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(write_plan(*read), text);
    EXPECT_EQ(read->entries.size(), 3u);
    EXPECT_TRUE(read->entries[0].executable);
    EXPECT_EQ(read->entries[1].beside->path, "b.cpp.new");
}

TEST(plan_json, an_empty_plan_is_a_plan) {
    plan p;
    p.spec = sha256("spec");
    auto read = read_plan(write_plan(p));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_FALSE(has_pending(*read));
}

/// A change of the text of a good plan, after which it must be refused.
struct tampering {
    const char* name;
    std::string from, to;
};

class tampered_plan : public testing::TestWithParam<tampering> {};

TEST_P(tampered_plan, is_refused) {
    std::string text = write_plan(sample());
    const auto at = text.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, GetParam().from.size(), GetParam().to);
    const auto read = read_plan(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, failure_kind::malformed);
}

INSTANTIATE_TEST_SUITE_P(
    hostile, tampered_plan,
    testing::Values(
        tampering{"absolute", "\"a.sh\"", "\"/etc/passwd\""}, tampering{"dot_dot", "\"a.sh\"", "\"a/../../x\""},
        tampering{"nul", "\"a.sh\"", "\"a\\u0000\""}, tampering{"git", "\"a.sh\"", "\".git/hooks/pre-commit\""},
        tampering{"manifest", "\"a.sh\"", "\".tenon/manifest.json\""}, tampering{"unsorted", "\"a.sh\"", "\"z.sh\""},
        tampering{"twice", "\"c.cpp\"", "\"b.cpp\""}, tampering{"case_clash", "\"c.cpp\"", "\"B.cpp\""},
        tampering{"beside_elsewhere", "\"b.cpp.new\"", "\"a.cpp\""},
        tampering{"beside_escapes", "\"b.cpp.new\"", "\"b.cpp.new/../../x\""},
        tampering{"unknown_action", "\"create\"", "\"execute\""},
        tampering{"reason_of_another", "\"new_file\"", "\"unowned\""}, tampering{"mode", "\"0755\"", "\"4755\""},
        tampering{"owner", "\"generated\"", "\"root\""},
        tampering{"create_over_file", "\"before_sha256\": \"absent\"", "\"before_sha256\": \"" + sha256("x") + "\""},
        tampering{"no_digest", sha256("new"), "../../etc/passwd"},
        tampering{"upper_digest", sha256("new"), std::string(64, 'A')},
        tampering{"update_edited", "\"base_sha256\": \"" + sha256("old"), "\"base_sha256\": \"" + sha256("other")},
        tampering{"other_format", "\"format_version\": 2", "\"format_version\": 3"},
        tampering{"unknown_key", "\"spec_sha256\"", "\"run\": \"x\", \"spec_sha256\""},
        tampering{"key_twice", "\"action\": \"create\"", "\"action\": \"create\", \"action\": \"create\""},
        tampering{"key_twice_in_disguise", "\"owner\": \"generated\"",
                  "\"owner\": \"generated\", \"own\\u0065r\": \"seeded\""},
        tampering{"top_key_twice", "\"spec_sha256\"", "\"files\": [], \"spec_sha256\""},
        tampering{"mode_on_disk", "\"before_mode\": \"0640\"", "\"before_mode\": \"9999\""},
        tampering{"base_of_another", "\"new_base_sha256\": \"" + sha256("new"),
                  "\"new_base_sha256\": \"" + sha256("x")},
        tampering{
            "moves_from_outside", "\"before_sha256\": \"" + sha256("old"),
            "\"from\": {\"path\": \"../x\", \"before_sha256\": \"absent\"}, \"before_sha256\": \"" + sha256("old")},
        tampering{"takes_another_away", "\"before_sha256\": \"" + sha256("old"),
                  "\"from\": {\"path\": \"x\", \"before_sha256\": \"" + sha256("x") +
                      "\", \"before_mode\": \"0644\"}, \"before_sha256\": \"" + sha256("old")},
        tampering{"files_number", "\"files\": [", "\"files\": 3, \"x\": ["}, tampering{"cut_short", "]\n}\n", ""}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(plan_json, deep_nesting_and_garbage_are_refused) {
    EXPECT_FALSE(read_plan(std::string(100000, '[')));
    EXPECT_FALSE(read_plan(""));
    EXPECT_FALSE(read_plan("null"));
    EXPECT_FALSE(read_plan("\x01\x02"));
}

TEST(plan_json, a_seeded_or_frozen_file_cannot_be_updated_by_a_plan) {
    for (const owner_class owner : {owner_class::seeded, owner_class::frozen}) {
        plan p = sample();
        p.entries.back().owner = owner;
        EXPECT_FALSE(read_plan(write_plan(p)));
    }
}

TEST(conflicts_json, names_what_is_left_to_a_person) {
    plan in_conflict = sample();
    in_conflict.entries[1].hunks = {{3, "base\n", "mine\n", "theirs\n"}};
    const std::string text = write_conflicts(in_conflict.entries);
    EXPECT_NE(text.find("\"theirs\": {\"path\": \"b.cpp.new\""), std::string::npos);
    EXPECT_NE(text.find("\"base\": {\"path\": \".tenon/bases\""), std::string::npos);
    EXPECT_NE(text.find("\"line\": 3"), std::string::npos);
    EXPECT_EQ(text.find("c.cpp"), std::string::npos);
    plan calm = sample();
    calm.entries.erase(calm.entries.begin() + 1);
    EXPECT_EQ(write_conflicts(calm.entries), "");
}

}  // namespace
}  // namespace tenon::gen
