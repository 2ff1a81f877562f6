// Every example's spec, read from its text, becomes a migration that SQLite runs up, down and up again.
#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/example_specs.hpp"
#include "tests/unit/generator/migrate/sqlite_database.hpp"

namespace tenon::gen {
namespace {

TEST(Examples, MigrateUpAndDown) {
    const auto examples = sample::example_migrations("sqlite");
    EXPECT_FALSE(examples.empty());
    for (const auto& [example, sql] : examples) {
        SCOPED_TRACE(example);
        sqlite_database database;
        ASSERT_EQ(database.run_in_transaction(sql.at("up")), "");
        const std::string shape = database.shape();
        ASSERT_EQ(database.run_in_transaction(sql.at("down")), "");
        ASSERT_EQ(database.shape(), "");
        ASSERT_EQ(database.run_in_transaction(sql.at("up")), "");
        EXPECT_EQ(database.shape(), shape);
        EXPECT_EQ(database.ask("PRAGMA integrity_check"), "ok\n");
    }
}

}  // namespace
}  // namespace tenon::gen
