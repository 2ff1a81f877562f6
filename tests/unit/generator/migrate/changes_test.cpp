// From one version of a spec to the next: what becomes a migration, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

std::string refusals(const project& made) {
    std::string out;
    for (const diagnostic& one : made.refused.items) out += one.message + "\n";
    return out;
}

/// The name of the migration that leads from the sample spec to `changed`, or why there is none.
template <class Change>
std::string after(Change change) {
    project made;
    EXPECT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    change(next);
    return made.generate(next) ? made.last.name : refusals(made);
}

TEST(Changes, TheFirstMigrationIsInitial) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    EXPECT_EQ(made.last.name, "0001_initial");
    EXPECT_EQ(made.last.files.files.size(), 5u);
    for (const auto& [path, file] : made.last.files.files)
        EXPECT_EQ(file.owner, path == schema_path ? owner_class::generated : owner_class::frozen) << path;
    EXPECT_EQ(made.sql("sqlite", "up").find("-- Frozen: "), 0u);
}

TEST(Changes, NothingChangedNothingMade) {
    EXPECT_EQ(after([](spec&) {}), "");
    EXPECT_EQ(after([](spec& s) {
                  s.entities[1].access.update = rule({"member"});
                  s.entities[1].list.filter.clear();
                  s.entities[0].fields[0].description = "another text";
                  s.entities[0].fields[0].type.min->integer = 3;
              }),
              "")
        << "what the database does not see";
}

TEST(Changes, HowADefaultIsWrittenIsNoChange) {
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields[5].initial->text = "3.50"; }), "");
}

TEST(Changes, TheOrderOfFieldsAndEntitiesIsNoChange) {
    EXPECT_EQ(after([](spec& s) {
                  std::swap(s.entities[0], s.entities[1]);
                  std::swap(s.entities[0].fields[1], s.entities[0].fields[3]);
                  s.entities[0].fields[4].type = enum_type({"done", "open"});
              }),
              "");
}

TEST(Changes, NamesSayWhatIsDone) {
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields.push_back(field("nick", optional(string_type(0, 5)))); }),
              "0002_add_tasks_nick");
    EXPECT_EQ(after([](spec& s) { s.entities.push_back(entity("Note", {field("body", type(type_kind::text))})); }),
              "0002_create_notes");
    EXPECT_EQ(after([](spec& s) { s.entities[1].indexes.push_back({words({"points"}), {}}); }), "0002_index_tasks");
    EXPECT_EQ(after([](spec& s) { s.entities[0].fields[0].type.max->integer = 121; }), "0002_widen_projects_name");
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields[4].initial->text = "done"; }), "0002_default_tasks_status");
    EXPECT_EQ(after([](spec& s) {
                  s.entities[0].fields[0].type.max->integer = 121;
                  s.entities[1].fields.push_back(field("nick", optional(string_type(0, 5))));
              }),
              "0002_add_tasks_nick_and_more");
}

TEST(Changes, NumbersGoOnBehindTheHighest) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    made.state.names = {"0007_by_hand", "0001_initial", "notes"};
    spec next = projects_and_tasks();
    next.entities[1].indexes.push_back({words({"points"}), {}});
    ASSERT_TRUE(made.generate(next));
    EXPECT_EQ(made.last.name, "0008_index_tasks");
}

TEST(Changes, WithoutTheSchemaNothingIsMadeTwice) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    made.state.leads_to.reset();
    EXPECT_FALSE(made.generate(projects_and_tasks()));
    EXPECT_THAT(refusals(made), HasSubstr(".tenon/schema.json"));
}

TEST(Changes, WhatTakesAwayIsRefusedWithItsName) {
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields.erase(s.entities[1].fields.begin() + 1); }),
              "not supported yet: dropping the column 'notes' of the table 'tasks'\n");
    EXPECT_THAT(after([](spec& s) {
                    s.entities[0].fields.erase(s.entities[0].fields.begin() + 2);
                    s.entities[0].fields.pop_back();
                    s.entities.pop_back();
                }),
                HasSubstr("dropping the table 'tasks'"));
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields[4].type = enum_type({"open"}); }),
              "not supported yet: narrowing the column 'status' of the table 'tasks'\n");
}

TEST(Changes, WhatRowsMayBreakIsRefused) {
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[1].type.optional = false; }), HasSubstr("required"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[0].type.optional = true; }), HasSubstr("optional"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[0].type = type(type_kind::integer); }),
                HasSubstr("another type"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[0].type.max->integer = 119; }), HasSubstr("narrowing"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[5].type.precision = 15; }), HasSubstr("another type"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[0].unique = true; }), HasSubstr("new unique index"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[1].unique = false; }), HasSubstr("dropping the unique index"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields.push_back(field("nick", string_type(0, 5))); }),
                HasSubstr("without a default"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[2].on_delete = on_delete_rule::restrict_; }),
                HasSubstr("on_delete"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[2].type.target = word("Task"); }),
                HasSubstr("another target"));
}

TEST(Changes, AllRefusalsComeAtOnceWithTheirPlaces) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    next.entities[0].at = {50, 10};
    next.entities[1].at = {10, 10};
    next.entities[0].fields[0].type.max->integer = 1;
    next.entities[1].fields[0].type.max->integer = 1;
    ASSERT_FALSE(made.generate(next));
    ASSERT_EQ(made.refused.items.size(), 2u);
    EXPECT_EQ(made.refused.items[0].at.offset, 10u);
    EXPECT_EQ(made.refused.items[1].at.offset, 50u);
    EXPECT_EQ(made.refused.items[0].id, code::not_supported);
    EXPECT_FALSE(made.refused.items[0].hint.empty());
}

TEST(Changes, NamesOnceDerivedStay) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    for (schema_table& table : made.state.leads_to->tables) {
        for (schema_index& index : table.indexes) index.name = "old_" + index.name;
        for (schema_check& check : table.checks) check.name = "old_" + check.name;
        for (schema_foreign_key& key : table.foreign_keys) key.name = "old_" + key.name;
    }
    const std::string before = schema_as_json(*made.state.leads_to);
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    EXPECT_EQ(made.last.name, "") << "a generator that derives other names renames nothing";
    EXPECT_EQ(made.last.files.files.at(schema_path).content, before);
}

}  // namespace
}  // namespace tenon::gen
