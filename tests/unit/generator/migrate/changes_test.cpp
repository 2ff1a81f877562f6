// From one version of a spec to the next: what becomes a migration, and what is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/migrate/make_schema.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

std::string refusals(const project& made) {
    std::string out;
    for (const diagnostic& one : made.refused.items) out += code_text(one.id) + " " + one.message + "\n";
    return out;
}

/// The name of the migration that leads from the sample spec to `changed`, or why there is none.
template <class Change>
std::string after(Change change) {
    project made;
    EXPECT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    change(next);
    return made.generate(next) ? made.name() : refusals(made);
}

TEST(Changes, TheFirstMigrationIsInitial) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    EXPECT_EQ(made.last.names, std::vector<std::string>{"0001_initial"});
    EXPECT_EQ(made.last.files.files.size(), 5u);
    for (const auto& [path, file] : made.last.files.files) EXPECT_EQ(file.owner, owner_class::frozen) << path;
    EXPECT_EQ(made.sql("sqlite", "up").find("-- Frozen: "), 0u);
    EXPECT_TRUE(made.last.changes.empty()) << "a new project changes nothing";
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
    made.state.sql["migrations/sqlite/0007_by_hand.up.sql"] = "-- mine\n";
    spec next = projects_and_tasks();
    next.entities[1].indexes.push_back({words({"points"}), {}});
    ASSERT_TRUE(made.generate(next));
    EXPECT_EQ(made.last.names, (std::vector<std::string>{"0008_index_tasks", "0009_index_tasks_online"}));
}

TEST(Changes, WhatTakesAwayIsRefusedWithItsName) {
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields.erase(s.entities[1].fields.begin() + 1); }),
              "E070 this drops the column 'notes' of 'tasks' with its values\n");
    EXPECT_THAT(after([](spec& s) {
                    s.entities[0].fields.erase(s.entities[0].fields.begin() + 2);
                    s.entities[0].fields.pop_back();
                    s.entities.pop_back();
                }),
                HasSubstr("E070 this drops the table 'tasks' with its rows"));
    EXPECT_EQ(after([](spec& s) { s.entities[1].fields[4].type = enum_type({"open"}); }),
              "E070 this takes 'done' away from 'status' of 'tasks', and fails when a row has it\n");
    EXPECT_THAT(after([](spec& s) { s.entities[0].soft_delete = false; }), HasSubstr("deleted softly comes back"));
}

TEST(Changes, WhatRowsMayBreakIsRefused) {
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[1].type.optional = false; }), HasSubstr("requires 'notes'"));
    EXPECT_THAT(after([](spec& s) { s.entities[0].fields[0].type.max->integer = 119; }),
                HasSubstr("at most 119 characters"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields.push_back(field("nick", string_type(0, 5))); }),
                HasSubstr("'nick' of 'tasks', which is required"));
    EXPECT_THAT(after([](spec& s) { s.entities[1].fields[2].type.target = word("Task"); }),
                HasSubstr("instead of 'projects'"));
}

TEST(Changes, WhatHasNoWayIsRefusedAlways) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    next.entities[1].fields[12].type = type(type_kind::date);
    next.entities[1].fields[12].initial.reset();
    ASSERT_FALSE(made.generate(next, {true}));
    EXPECT_EQ(refusals(made),
              "E072 this makes 'urgent' of 'tasks' a date instead of true or false, and there is no way "
              "from one to the other\n");
}

TEST(Changes, OnlyTheLossThatIsNamedIsAllowed) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    next.entities[0].fields[0].type.max->integer = 119;
    next.entities[1].fields[1].type.optional = false;
    ASSERT_FALSE(made.generate(next));
    ASSERT_EQ(made.refused.items.size(), 2u) << refusals(made);
    // The hint of each has what allows it, and that allows no other.
    std::set<std::string> names;
    for (const diagnostic& one : made.refused.items) {
        constexpr std::string_view flag = "--allow-destructive=";
        const std::size_t at = one.hint.find(flag) + flag.size();
        names.insert(one.hint.substr(at, one.hint.find(' ', at) - at));
    }
    EXPECT_THAT(names, testing::ElementsAre(HasSubstr("column:projects."), "column:tasks.notes"));
    for (const std::string& name : names) {
        project again = made;
        ASSERT_FALSE(again.generate(next, {{false, {name}}}));
        ASSERT_EQ(again.refused.items.size(), 1u) << refusals(again);
        EXPECT_THAT(again.refused.items[0].hint, testing::Not(HasSubstr(name)));
    }
    ASSERT_TRUE(made.generate(next, {{false, names}})) << refusals(made);
}

TEST(Changes, RenamesThatDoNotSaySoAreRefusedWithTheWordToWrite) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    next.entities[1].fields[9].field_name = word("until");
    next.entities[1].list.sort.clear();
    next.entities[1].indexes.clear();
    ASSERT_FALSE(made.generate(next));
    EXPECT_EQ(refusals(made),
              "E071 this drops the column 'due' of 'tasks' with its values, while 'until' comes and "
              "looks the same\n");
    EXPECT_THAT(made.refused.items[0].hint, HasSubstr("write 'was: due' on 'until'"));
    EXPECT_THAT(made.refused.items[0].hint, HasSubstr("--allow-destructive=column:tasks.due if both"));
    next.entities[1].fields[9].was = word("due");
    ASSERT_TRUE(made.generate(next));
    EXPECT_EQ(made.name(), "0002_rename_tasks_until");
    ASSERT_TRUE(made.generate(next)) << "a 'was' that was followed long ago";
    EXPECT_EQ(made.name(), "");

    next.entities[1].entity_name = word("Job");
    next.entities[0].fields[2].type.target = next.entities[0].fields[4].type.target = word("Job");
    next.entities[1].fields[3].type.target = word("Job");
    ASSERT_FALSE(made.generate(next));
    EXPECT_THAT(refusals(made), HasSubstr("E071 this drops the table 'tasks' with its rows, while 'jobs' comes"));
    EXPECT_THAT(made.refused.items[0].hint, HasSubstr("write 'was: Task' on 'Job'"));
}

/// The sample's task under another name.
spec with_task_called(const char* called, const char* was = nullptr) {
    spec out = projects_and_tasks();
    out.entities[1].entity_name = word(called);
    if (was != nullptr) out.entities[1].was = word(was);
    for (entity_spec& entity : out.entities) {
        for (field_spec& one : entity.fields) {
            if (one.type.target.value == "Task") one.type.target = word(called);
        }
    }
    return out;
}

TEST(Changes, AnEntityThatIsSpelledWithOtherCapitalsKeepsItsTable) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    ASSERT_TRUE(made.generate(with_task_called("TASK"))) << refusals(made);
    EXPECT_EQ(made.name(), "");
    ASSERT_TRUE(made.generate(with_task_called("TASK", "Task"))) << refusals(made);
    EXPECT_EQ(made.name(), "") << "and may say so";
    ASSERT_TRUE(made.generate(with_task_called("Job", "TASK"))) << refusals(made);
    EXPECT_EQ(made.name(), "0002_rename_to_jobs") << "a former name is known however it is written";
    ASSERT_TRUE(made.generate(with_task_called("JOB", "Task"))) << refusals(made);
    EXPECT_EQ(made.name(), "");
}

TEST(Changes, ValuesThatGoAreQuotedOnceAndCurrenciesAreNoNames) {
    project made;
    spec first = projects_and_tasks();
    first.entities[1].fields.push_back(field("price", type(type_kind::money)));
    first.entities[1].fields.back().type.currency = "USD";
    ASSERT_TRUE(made.generate(first));
    spec next = first;
    next.entities[1].fields.back().type.currency = "EUR";
    ASSERT_FALSE(made.generate(next));
    EXPECT_EQ(refusals(made),
              "E070 this takes 'USD' away from 'price_currency' of 'tasks', and fails when a row has it\n");
    EXPECT_THAT(made.refused.items[0].hint, testing::Not(HasSubstr("enum")));
}

TEST(Changes, AWasWhoseNameIsTakenIsRefused) {
    project made;
    spec first = projects_and_tasks();
    first.entities[1].fields.push_back(field("until", optional(type(type_kind::date))));
    ASSERT_TRUE(made.generate(first));
    spec next = projects_and_tasks();
    next.entities[1].fields[9].field_name = word("until");
    next.entities[1].fields[9].was = word("due");
    next.entities[1].list.sort.clear();
    next.entities[1].indexes.clear();
    ASSERT_FALSE(made.generate(next, {true}));
    EXPECT_THAT(refusals(made), HasSubstr("E034 the field 'until' of Task cannot be what 'due' was"));
}

TEST(Changes, AllRefusalsComeAtOnceWithTheirPlaces) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    spec next = projects_and_tasks();
    next.entities[0].at = {50, 10};
    next.entities[1].at = {10, 10};
    next.entities[0].fields[0].at = {55, 3};
    next.entities[0].fields[0].type.max->integer = 1;
    next.entities[1].fields[0].type.max->integer = 1;
    ASSERT_FALSE(made.generate(next));
    ASSERT_EQ(made.refused.items.size(), 2u);
    EXPECT_EQ(made.refused.items[0].at.offset, 10u);
    EXPECT_EQ(made.refused.items[1].at.offset, 55u) << "the field's own place";
    EXPECT_EQ(made.refused.items[0].id, code::data_loss);
    EXPECT_FALSE(made.refused.items[0].hint.empty());
}

TEST(Changes, ManyRefusalsAreCounted) {
    project made;
    spec first = empty_spec();
    entity_spec wide = entity("Wide", {field("kept", type(type_kind::integer))});
    for (int i = 0; i < 150; ++i)
        wide.fields.push_back(field(("f" + std::to_string(i)).c_str(), type(type_kind::json)));
    first.entities = {wide};
    ASSERT_TRUE(made.generate(first));
    first.entities[0].fields.resize(1);
    ASSERT_FALSE(made.generate(first));
    EXPECT_EQ(made.refused.items.size(), 100u);
    EXPECT_EQ(made.refused.suppressed, 50u);
}

TEST(Changes, NamesOnceDerivedStay) {
    schema old = make_schema(resolve(projects_and_tasks()));
    for (schema_table& table : old.tables) {
        for (schema_index& index : table.indexes) index.name = "old_" + index.name;
        for (schema_check& check : table.checks) check.name = "old_" + check.name;
        for (schema_foreign_key& key : table.foreign_keys) key.name = "old_" + key.name;
    }
    migration_history history;
    history.leads_to = old;
    history.last = "0001_initial";
    const auto made = migrate(resolve(projects_and_tasks()), history);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->names.empty()) << "a generator that derives other names renames nothing";
}

TEST(Changes, APolicyThatSaysSomethingElseIsMadeAnew) {
    schema old = make_schema(resolve(projects_and_tasks()));
    for (schema_table& table : old.tables) {
        for (schema_policy& policy : table.policies) {
            if (policy.name == "own_tenant") policy.rule = "true";
        }
    }
    migration_history history;
    history.leads_to = old;
    const auto made = migrate(resolve(projects_and_tasks()), history);
    ASSERT_TRUE(made);
    ASSERT_EQ(made->changes.size(), 8u);  // built-in tables of tenants, too
    EXPECT_EQ(made->changes[0].kind, change_kind::policy_changed);
    const std::string sql = made->files.files.at(sql_path(made->names.at(0), "postgres.up")).content;
    EXPECT_THAT(sql, HasSubstr("DROP POLICY \"own_tenant\" ON \"tasks\""));
    EXPECT_THAT(sql, HasSubstr("CREATE POLICY \"own_tenant\" ON \"tasks\" AS RESTRICTIVE"));
}

}  // namespace
}  // namespace tenon::gen
