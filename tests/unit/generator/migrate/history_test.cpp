// The records of the migrations: what they say together, and what is told when they do not fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/record.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

std::string message(const migration_state& state, const std::vector<std::string>& replace = {}) {
    const auto read = read_history(state, replace);
    return read ? std::string("accepted") : read.error().message + "\n" + read.error().hint;
}

/// Everything that a schema keeps, as one text.
std::string as_text(const schema& all) {
    migration_record whole;
    whole.tables = all.tables;
    std::sort(whole.tables.begin(), whole.tables.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return record_as_json(whole);
}

spec with_field(spec source, const char* name) {
    source.entities[1].fields.push_back(field(name, optional(type(type_kind::date))));
    return source;
}

TEST(History, LeadsToTheSchemaOfTheLastSpec) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    ASSERT_TRUE(made.generate(projects_and_tasks_grown()));
    spec last = projects_and_tasks_grown();
    last.entities[1].entity_name = word("Job");
    last.entities[1].was = word("Task");
    for (entity_spec& entity : last.entities) {
        for (field_spec& one : entity.fields) {
            if (one.type.target.value == "Task") one.type.target = word("Job");
        }
    }
    last.entities.pop_back();
    last.entities[1].fields.erase(last.entities[1].fields.begin() + 22);
    ASSERT_TRUE(made.generate(last, {true})) << made.refused.items.at(0).message;
    const auto read = read_history(made.state);
    ASSERT_TRUE(read) << read.error().message;
    const schema wanted = make_schema(resolve(last), read->leads_to);
    EXPECT_EQ(as_text(read->leads_to), as_text(wanted));
    EXPECT_EQ(read->last, made.last.names.back());
}

TEST(History, ARecordReadsBackTheSame) {
    migration_record record;
    record.parent = "0001_initial";
    record.part_of = "0001_initial";
    for (const char* file : {"postgres.down", "postgres.up", "sqlite.down", "sqlite.up"}) record.sql[file] = "ab";
    record.dropped = {"a", "b"};
    record.renamed = {{"c", "d"}};
    record.tables = make_schema(resolve(projects_and_tasks_grown())).tables;
    const std::string text = record_as_json(record);
    const auto read = record_from_json(text, "x.json");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(record_as_json(*read), text);
    EXPECT_EQ(text.back(), '\n');
}

TEST(History, BrokenRecordsAreRefused) {
    const auto wrong = [](std::string_view text) {
        const auto read = record_from_json(text, "x.json");
        return read ? std::string("accepted") : read.error().message;
    };
    const std::string good = record_as_json(
        {"", "", {{"postgres.down", ""}, {"postgres.up", ""}, {"sqlite.down", ""}, {"sqlite.up", ""}}, {}, {}, {}});
    EXPECT_EQ(wrong(good), "accepted");
    EXPECT_THAT(wrong(""), HasSubstr("not JSON"));
    EXPECT_THAT(wrong("[]"), HasSubstr("not an object"));
    EXPECT_THAT(wrong("{}"), HasSubstr("format_version"));
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    EXPECT_THAT(wrong(with("\"format_version\": 1", "\"format_version\": 2")), HasSubstr("format_version"));
    EXPECT_THAT(wrong(with("\"tables\": []", "\"tables\": {}")), HasSubstr("list"));
    EXPECT_THAT(wrong(with("\"tables\": []", "\"tables\": [{\"name\": 7}]")), HasSubstr("no text in 'name'"));
    EXPECT_THAT(wrong(with("\"dropped\"", "\"more\": 1, \"dropped\"")), HasSubstr("unknown member 'more'"));
}

TEST(History, EditedAndLostFilesAreTold) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    const std::string up = "migrations/sqlite/0001_initial.up.sql";
    migration_state edited = made.state;
    edited.sql[up] += "-- mine\n";
    EXPECT_THAT(message(edited), HasSubstr("'" + up + "' was changed after it was emitted"));
    migration_state record_edited = made.state;
    std::string& record = record_edited.records.at(".tenon/schema/0001_initial.json");
    record.erase(record.find("\"nullable\": true, "), 18);
    EXPECT_THAT(message(record_edited),
                HasSubstr("'.tenon/schema/0001_initial.json' was changed after it was emitted"));
    migration_state lost = made.state;
    lost.sql.erase(up);
    EXPECT_THAT(message(lost), HasSubstr("'" + up + "' is missing"));
    migration_state forgotten = made.state;
    forgotten.records.clear();
    EXPECT_THAT(message(forgotten), HasSubstr("'.tenon/schema/0001_initial.json' is missing"));
    migration_state marked = made.state;
    marked.records[".tenon/schema/0001_initial.json"].insert(2, "\n<<<<<<< HEAD\n");
    EXPECT_THAT(message(marked), HasSubstr("has git's conflict markers\na migration never merges"));
    made.state.sql["migrations/sqlite/0002_mine.up.sql"] = "INSERT INTO x VALUES (1);\n";
    EXPECT_EQ(message(made.state), "accepted") << "a migration by hand";
}

TEST(History, AMissingLinkIsTold) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    ASSERT_TRUE(made.generate(with_field(projects_and_tasks(), "one")));
    ASSERT_TRUE(made.generate(with_field(with_field(projects_and_tasks(), "one"), "two")));
    migration_state cut = made.state;
    cut.records.erase(".tenon/schema/0002_add_tasks_one.json");
    for (auto it = cut.sql.begin(); it != cut.sql.end();)
        it = it->first.find("0002_add_tasks_one") != std::string::npos ? cut.sql.erase(it) : std::next(it);
    EXPECT_THAT(message(cut), HasSubstr("'.tenon/schema/0002_add_tasks_one.json' is missing, but '0003_add_tasks_two' "
                                        "continues it"));
}

/// Two branches that each added a field, merged.
class ForkTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(main_.generate(projects_and_tasks()));
        project branch = main_;
        ASSERT_TRUE(main_.generate(with_field(projects_and_tasks(), "one")));
        spec wide = projects_and_tasks();
        wide.entities[0].fields[0].type.max->integer = 150;  // has an online part
        ASSERT_TRUE(branch.generate(wide));
        ASSERT_EQ(branch.last.names.size(), 2u);
        main_.state.records.merge(branch.state.records);
        main_.state.sql.merge(branch.state.sql);
        merged_ = with_field(wide, "one");
    }
    project main_;
    spec merged_;
};

TEST_F(ForkTest, IsToldWithTheCommandThatMendsIt) {
    EXPECT_THAT(
        message(main_.state),
        HasSubstr("'0002_add_tasks_one' and '0002_widen_projects_name' both continue '0001_initial': two branches "
                  "have each added a migration"));
    EXPECT_THAT(message(main_.state), HasSubstr("--replace-migration 0002_widen_projects_name"));
}

TEST_F(ForkTest, IsMendedByEmittingOneAnew) {
    ASSERT_TRUE(main_.generate(merged_, {}, {"0002_widen_projects_name"}));
    EXPECT_EQ(main_.last.names,
              (std::vector<std::string>{"0003_widen_projects_name", "0004_widen_projects_name_online"}));
    EXPECT_EQ(main_.last.replaced.size(), 10u) << "both parts";
    EXPECT_TRUE(main_.last.replaced.contains("migrations/postgres/0003_widen_projects_name_online.up.sql"));
    EXPECT_TRUE(main_.last.replaced.contains(".tenon/schema/0002_widen_projects_name.json"));
    EXPECT_EQ(message(main_.state), "accepted");
    ASSERT_TRUE(main_.generate(merged_));
    EXPECT_EQ(main_.name(), "");
}

TEST_F(ForkTest, TheOtherOneMayGoToo) {
    ASSERT_TRUE(main_.generate(merged_, {}, {"0002_add_tasks_one"}));
    EXPECT_EQ(main_.name(), "0004_add_tasks_one");
    EXPECT_EQ(message(main_.state), "accepted");
}

TEST_F(ForkTest, WhatOthersContinueIsNotReplacedAlone) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    ASSERT_TRUE(made.generate(with_field(projects_and_tasks(), "one")));
    EXPECT_THAT(message(made.state, {"0001_initial"}),
                HasSubstr("'0002_add_tasks_one' continues '0001_initial', which is to be replaced"));
    EXPECT_THAT(message(made.state, {"0009_none"}), HasSubstr("there is no migration '0009_none'"));
}

}  // namespace
}  // namespace tenon::gen
