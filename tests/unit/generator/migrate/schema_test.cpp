// The schema as a value and as a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/sqlite_column.hpp"
#include "tests/unit/generator/migrate/row_samples.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

TEST(Schema, TablesComeBehindWhatTheyReferTo) {
    spec source = empty_spec();
    source.entities = {entity("Leaf", {field("branch", ref_type("Branch"))}),
                       entity("Branch", {field("tree", ref_type("Tree"))}), entity("Tree", {}),
                       entity("Chicken", {field("egg", optional(ref_type("Egg")))}),
                       entity("Egg", {field("chicken", optional(ref_type("Chicken")))})};
    const schema all = make_schema(resolve(source));
    std::map<std::string, std::size_t> position;
    for (std::size_t i = 0; i < all.tables.size(); ++i) position[all.tables[i].name] = i;
    EXPECT_EQ(position.size(), 16u);
    EXPECT_LT(position["trees"], position["branches"]);
    EXPECT_LT(position["branches"], position["leaves"]);
    EXPECT_LT(position["users"], position["trees"]);
}

TEST(Schema, KeysAndIndexesBeginWithTheTenant) {
    for (const schema_table& table : make_schema(resolve(projects_and_tasks())).tables) {
        if (!sample::is_an_entitys(table)) continue;
        EXPECT_EQ(table.primary_key.front(), "workspace_id");
        for (const schema_index& index : table.indexes) EXPECT_EQ(index.columns.front(), "workspace_id") << index.name;
        for (const schema_foreign_key& key : table.foreign_keys) {
            const bool outside = key.table == "users" || key.table == "workspaces";
            EXPECT_EQ(key.columns.size(), outside ? 1u : 2u) << key.name;
        }
    }
}

TEST(Schema, LongNamesAreCutAndStayUnique) {
    spec source = empty_spec();
    const std::string wide(50, 'a');
    source.entities = {entity(
        "Thing", {field((wide + "b").c_str(), string_type(0, 5)), field((wide + "c").c_str(), string_type(0, 5))})};
    source.entities[0].list.sort = words({(wide + "b").c_str(), (wide + "c").c_str()});
    for (const schema_table& table : make_schema(resolve(source)).tables) {
        for (const schema_index& index : table.indexes) EXPECT_LE(index.name.size(), 63u);
        for (const schema_check& check : table.checks) EXPECT_LE(check.name.size(), 63u);
        if (table.name == "things") {
            EXPECT_NE(table.checks[0].name, table.checks[1].name);
        }
    }
}

TEST(Schema, InstantsOfTheSpecInMicroseconds) {
    EXPECT_EQ(sqlite::micros_of("1970-01-01T00:00:01Z"), 1'000'000);
    EXPECT_EQ(sqlite::micros_of("2026-01-31T10:00:00.25Z"), 1'769'853'600'250'000);
    EXPECT_EQ(sqlite::micros_of("1969-12-31T23:59:59.999999Z"), -1);
    EXPECT_EQ(sqlite::micros_of("soon"), 0);
}

}  // namespace
}  // namespace tenon::gen
