// A backup that a signal stops takes away what it has written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <tenon/app/product.hpp>

#include "migrations/migrate.hpp"
#include "temporary_folder.hpp"
#include "tests/child_process.hpp"

namespace tenon::app::stopped_backup {
namespace {

constexpr db::migration migrations[] = {{"0001_initial", "CREATE TABLE notes (body TEXT);", "DROP TABLE notes;"}};

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> out;
    for (const auto& each : std::filesystem::directory_iterator(folder)) out.push_back(each.path().filename());
    return out;
}

/// `sample backup file`, in a child.
pid_t start_backup(const product& sample, const std::string& url, const std::string& file) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setenv("DATABASE_URL", url.c_str(), 1);
    std::string words[] = {"sample", "backup", file};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data()};
    std::_Exit(run(sample, 3, argv));
}

TEST(stopped_backup, leaves_no_file_behind) {
    const test::temporary_folder folder;
    const std::string path = folder.path() + "/service.db", url = "sqlite:" + path;
    ASSERT_TRUE(db::migrate_up(url, migrations));
    product sample;
    sample.name = "sample";
    sample.sqlite_migrations = migrations;

    // Somebody holds the whole database: the backup has begun its file, and waits.
    sqlite3* holder = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &holder), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(holder, "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE", nullptr, nullptr, nullptr),
              SQLITE_OK);
    const auto before = files_in(folder.path());
    const pid_t child = start_backup(sample, url, folder.path() + "/copy.db");
    test::wait_until([&] { return files_in(folder.path()).size() > before.size(); });
    ::kill(child, SIGTERM);
    const int status = test::status_of_child(child);
    sqlite3_close(holder);
    EXPECT_TRUE(WIFEXITED(status)) << "the signal has ended it at once";
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_THAT(files_in(folder.path()), testing::UnorderedElementsAre("service.db"));
}

}  // namespace
}  // namespace tenon::app::stopped_backup
