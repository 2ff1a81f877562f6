// Filters, sorts, search, inverse sides and indexes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::ElementsAre;

std::vector<std::string> parameters(const std::vector<list_column_model>& of) {
    std::vector<std::string> out;
    for (const list_column_model& one : of) out.push_back(one.parameter + ":" + one.type_name);
    return out;
}

TEST(Lists, HasManyBecomesAFilterOfItsTarget) {
    const model all = resolve(projects_and_tasks());
    ASSERT_EQ(all.entities[0].has_many.size(), 1u);
    EXPECT_EQ(all.entities[0].has_many[0].target, 1u);
    EXPECT_EQ(all.entities[0].has_many[0].target_field, "project_id");
    EXPECT_THAT(parameters(all.entities[1].filters), ElementsAre("status:enumeration", "project_id:uuid"));
    EXPECT_EQ(all.entities[1].filters[0].enum_type, "task_status");
    EXPECT_EQ(all.entities[1].filters[0].example, "open");
}

TEST(Lists, SortsAlwaysEndWithCreatedAt) {
    const model all = resolve(projects_and_tasks());
    EXPECT_THAT(parameters(all.entities[0].sorts), ElementsAre("name:text", "created_at:instant"));
    EXPECT_THAT(parameters(all.entities[1].sorts), ElementsAre("due:date", "created_at:instant"));
    EXPECT_THAT(all.entities[0].search, ElementsAre("name"));
    EXPECT_FALSE(all.entities[0].sorts[0].bounds) << "texts";
    EXPECT_TRUE(all.entities[0].sorts[1].bounds && all.entities[1].sorts[0].bounds) << "times";
}

TEST(Lists, ReferencesAreKnownFromBothSides) {
    const model all = resolve(projects_and_tasks());
    EXPECT_THAT(all.entities[0].referenced_by, ElementsAre(1u));
    EXPECT_THAT(all.entities[1].referenced_by, ElementsAre(0u, 1u));
}

TEST(Lists, ViaChoosesAmongSeveralReferences) {
    spec source = empty_spec();
    field_type second = type(type_kind::has_many);
    second.target = word("Task");
    second.via = word("reviewed_for");
    source.entities = {
        entity("Project", {field("reviews", second)}),
        entity("Task", {field("project", ref_type("Project")), field("reviewed_for", ref_type("Project"))})};
    EXPECT_EQ(resolve(source).entities[0].has_many.at(0).target_field, "reviewed_for_id");
}

TEST(Lists, IndexesCoverSortsAndReferencesEachOnce) {
    const model all = resolve(projects_and_tasks());
    std::set<std::vector<std::string>> tasks;
    for (const index_model& index : all.entities[1].indexes) {
        EXPECT_TRUE(tasks.insert(index.columns).second) << testing::PrintToString(index.columns);
    }
    using columns = std::vector<std::string>;
    EXPECT_EQ(all.entities[0].indexes[0].columns, columns{"code"});
    EXPECT_TRUE(all.entities[0].indexes[0].unique);
    EXPECT_TRUE(tasks.count({"project_id", "title"}));
    EXPECT_TRUE(tasks.count({"status", "due"}));
    EXPECT_TRUE(tasks.count({"project_id"}));
    EXPECT_TRUE(tasks.count({"created_at", "id"}));
    EXPECT_TRUE(tasks.count({"due", "id"}));
    EXPECT_TRUE(all.entities[0].indexes[0].live_only);
    EXPECT_TRUE(all.entities[1].indexes[0].live_only) << "the deletion of its project takes it into the bin";
    EXPECT_TRUE(tasks.count({"deleted_at"}));
}

TEST(Lists, ValuesInQueriesArePercentEncoded) {
    spec source = empty_spec();
    source.entities = {entity("Note", {field("name", string_type(1, 90))})};
    source.entities[0].list.filter = words({"name", "created_at"});
    const model all = resolve(source);
    EXPECT_EQ(all.entities[0].filters[0].example, "Example%20name");
    EXPECT_EQ(all.entities[0].filters[1].example, "2026-01-31T09%3A30%3A00.000000Z");
}

TEST(Lists, ListsOfTextsAreFilteredByTheirElements) {
    spec source = empty_spec();
    source.entities = {entity(
        "Note", {field("tags", list_of(string_type(1, 9))), field("moods", optional(list_of(enum_type({"a", "b"})))),
                 field("mood", optional(enum_type({"a", "b"})))})};
    source.entities[0].list.filter = words({"tags", "moods", "mood", "created_by"});
    const model all = resolve(source);
    const auto& filters = all.entities[0].filters;
    EXPECT_THAT(parameters(filters),
                ElementsAre("tags:text", "moods:enumeration", "mood:enumeration", "created_by:uuid"));
    EXPECT_TRUE(filters[0].list && filters[1].list && !filters[2].list);
    EXPECT_TRUE(!filters[0].nullable && filters[1].nullable && filters[2].nullable && !filters[3].nullable);
}

TEST(Lists, RoutesAreTheTableUnlessTheSpecNamesOne) {
    spec source = empty_spec();
    source.entities = {entity("Asset", {field("name", string_type(1, 9))}),
                       entity("LineItem", {field("name", string_type(1, 9))})};
    source.entities[0].path = word("library/assets");
    const model all = resolve(source);
    EXPECT_EQ(all.entities[0].route, "/v1/library/assets");
    EXPECT_EQ(all.entities[0].table, "assets");
    EXPECT_EQ(all.entities[1].route, "/v1/line-items");
}

TEST(Schemas, OfValuesAreNobodyElses) {
    spec source = empty_spec();
    field_type price = type(type_kind::money);
    price.currency = "EUR";
    source.entities = {
        entity("Sign", {field("up", enum_type({"a"})), field("cost", type(type_kind::money)), field("price", price)}),
        entity("Task", {field("list", enum_type({"a"})), field("state", list_of(enum_type({"a"})))})};
    const model all = resolve(source);
    EXPECT_EQ(all.entities[0].fields[0].schema, "SignUpValue") << "SignUp is built in";
    EXPECT_EQ(all.entities[0].fields[1].schema, "Money");
    EXPECT_EQ(all.entities[0].fields[2].schema, "SignPrice") << "one currency only";
    EXPECT_EQ(all.entities[1].fields[0].schema, "TaskListValue");
    EXPECT_EQ(all.entities[1].fields[1].schema, "TaskState");
}

TEST(Lists, ResolvingTwiceGivesTheSame) {
    const model first = resolve(projects_and_tasks());
    const model second = resolve(projects_and_tasks());
    ASSERT_EQ(first.entities.size(), second.entities.size());
    for (std::size_t i = 0; i < first.entities.size(); ++i) {
        EXPECT_EQ(first.entities[i].route, second.entities[i].route);
        EXPECT_EQ(parameters(first.entities[i].filters), parameters(second.entities[i].filters));
    }
    EXPECT_EQ(first.entities[1].route, "/v1/tasks");
    EXPECT_EQ(first.tenant.column, "workspace_id");
}

TEST(Lists, TablesKeepClearOfTheRuntimesOwn) {
    spec source = empty_spec();
    source.entities = {entity("AuthSession", {field("name", string_type(1, 9))})};
    EXPECT_EQ(resolve(source).entities[0].table, "auth_sessions_2");
}

}  // namespace
}  // namespace tenon::gen
