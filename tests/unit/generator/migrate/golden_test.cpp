// The emitted SQL, byte for byte. TENON_UPDATE_GOLDENS=1 writes the expected files anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;

void compare(const std::string& name, const std::string& sql, const std::string& folder = GOLDEN_FOLDER) {
    const std::string path = folder + "/" + name;
    if (std::getenv("TENON_UPDATE_GOLDENS") != nullptr) std::ofstream(path) << sql;
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    EXPECT_EQ(sql, expected.str()) << name;
}

void compare(const project& made) {
    for (const std::string& name : made.last.names) compare(name + ".json", made.state.records.at(record_path(name)));
    for (const char* database : {"sqlite", "postgres"}) {
        for (const char* direction : {"up", "down"}) {
            for (const std::string& name : made.last.names)
                compare(name + "." + database + "." + direction + ".sql", made.sql_of(name, database, direction));
        }
    }
}

TEST(Golden, FirstAndSecondMigration) {
    project made;
    ASSERT_TRUE(made.generate(projects_and_tasks()));
    compare(made);
    ASSERT_TRUE(made.generate(projects_and_tasks_grown()));
    compare(made);
}

/// With which the runtime tests its own statements, of features that a spec has to switch on as well.
TEST(Golden, TablesOfFeatures) {
    project made;
    model product = resolve(empty_spec());
    product.features = feature::documented_features();
    ASSERT_TRUE(made.generate(product));
    for (const std::string database : {"sqlite", "postgres"})
        compare("schema." + database + ".sql", made.sql(database, "up"), RUNTIME_TESTS);
}

}  // namespace
}  // namespace tenon::gen
