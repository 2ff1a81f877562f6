// Every example's spec, read from its text, becomes a migration that SQLite runs up, down and up again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "generator/migrate/migrate.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/migrate/sqlite_database.hpp"

namespace tenon::gen {
namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

void run_up_and_down(const source_text& source) {
    const auto checked = read_spec(source);
    ASSERT_TRUE(checked) << print(checked.error(), source, diagnostic_format::text);
    const auto made = migrate(resolve(*checked));
    ASSERT_TRUE(made);
    const auto sql = [&](const char* direction) {
        return made->files.files.at("migrations/sqlite/0001_initial." + std::string(direction) + ".sql").content;
    };
    sqlite_database database;
    ASSERT_EQ(database.run_in_transaction(sql("up")), "");
    const std::string shape = database.shape();
    ASSERT_EQ(database.run_in_transaction(sql("down")), "");
    ASSERT_EQ(database.shape(), "");
    ASSERT_EQ(database.run_in_transaction(sql("up")), "");
    EXPECT_EQ(database.shape(), shape);
    EXPECT_EQ(database.ask("PRAGMA integrity_check"), "ok\n");
}

TEST(Examples, MigrateUpAndDown) {
    int seen = 0;
    for (const auto& folder : std::filesystem::directory_iterator(EXAMPLES_FOLDER)) {
        const std::filesystem::path path = folder.path() / "spec.yaml";
        if (!std::filesystem::exists(path)) continue;
        SCOPED_TRACE(path.string());
        run_up_and_down({path.string(), content_of(path)});
        ++seen;
    }
    EXPECT_GT(seen, 0);
}

}  // namespace
}  // namespace tenon::gen
