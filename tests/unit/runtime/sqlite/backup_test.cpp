// Backups of a SQLite database in use, and what becomes of them.
#include "sqlite/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "migrations/migrate.hpp"
#include "sqlite/connection.hpp"
#include "temporary_folder.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr db::migration tables[] = {{"0001_tables",
                                     "CREATE TABLE owners (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL) STRICT;"
                                     "CREATE TABLE entries (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL "
                                     "REFERENCES owners (id), body TEXT CHECK (json_valid(body))) STRICT;"
                                     "CREATE INDEX entries_by_owner ON entries (owner_id);"
                                     "INSERT INTO owners VALUES (1, 0);",
                                     "DROP TABLE entries; DROP TABLE owners;"}};
/// Always both: a copy of two moments would have one without the other.
constexpr const char* entry =
    "BEGIN IMMEDIATE; INSERT INTO entries (owner_id, body) VALUES (1, json_quote(hex(randomblob(200)))); "
    "UPDATE owners SET entries = entries + 1; COMMIT";

clock::time_point later() {
    return clock::now() + std::chrono::seconds(20);
}

class sqlite_backup_test : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(migrate_up(url(), tables));
        in_use_ = opened(path_);
    }
    std::string url() const { return "sqlite:" + path_; }
    std::string at(const std::string& name) const { return folder_.path() + "/" + name; }

    static std::unique_ptr<sqlite_connection> opened(const std::string& path) {
        auto out = sqlite_connection::open(path, sqlite_connection::purpose::writing);
        if (!out) throw std::runtime_error(out.error().message);
        return std::move(*out);
    }
    static std::int64_t number(sqlite_connection& database, const char* text) {
        const statement s(text, {}, row_scope::of_service(), later());
        const auto got = database.run(s);
        if (!got) throw std::runtime_error(got.error().message);
        return (*got)[0].get<std::int64_t>(0);
    }
    void add(int count) const {
        for (int i = 0; i < count; ++i) ASSERT_TRUE(in_use_->control(entry, later()));
    }
    std::vector<std::string> files() const {
        std::vector<std::string> out;
        for (const auto& each : fs::directory_iterator(folder_.path())) out.push_back(each.path().filename());
        std::sort(out.begin(), out.end());
        return out;
    }
    void write(const std::string& name, const std::string& bytes) const { std::ofstream(at(name)) << bytes; }

    bool has_file_that_begins_with(const std::string& name) const {
        const auto all = files();
        return std::any_of(all.begin(), all.end(), [&](const std::string& each) { return each.starts_with(name); });
    }

    const test::temporary_folder folder_;
    const std::string path_ = folder_.path() + "/service.db";
    std::unique_ptr<sqlite_connection> in_use_;
};

TEST_F(sqlite_backup_test, has_what_only_the_log_has_and_comes_back_the_same) {
    add(20);
    ASSERT_GT(fs::file_size(path_ + "-wal"), 0U);
    const auto bytes = back_up_sqlite(url(), at("copy.db"));
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(fs::file_size(at("copy.db")), *bytes);
    const auto restored = restore_sqlite(at("copy.db"), "sqlite:" + at("second.db"));
    ASSERT_TRUE(restored) << restored.error().message;
    const auto second = opened(at("second.db"));
    EXPECT_EQ(number(*second, "SELECT count(*) FROM entries"), 20);
    const auto status = migration_status("sqlite:" + at("second.db"), tables);
    ASSERT_TRUE(status);
    EXPECT_TRUE(status->at(0).applied);
}

TEST_F(sqlite_backup_test, is_of_one_moment_while_others_write) {
    // More than is copied in one step.
    ASSERT_TRUE(
        in_use_->control("BEGIN; INSERT INTO entries (owner_id, body) VALUES (1, json_quote(hex(randomblob("
                         "2500000)))); UPDATE owners SET entries = entries + 1; COMMIT",
                         later()));
    std::atomic<bool> stop{false};
    std::atomic<int> written{0};
    std::thread writer([&] {
        const auto own = opened(path_);
        for (; !stop; ++written)
            if (!own->control(entry, later())) return;
    });
    for (int round = 0; round < 8; ++round) {
        const int before = written;
        test::wait_until([&] { return written > before; });
        const std::string file = at("copy" + std::to_string(round));
        const auto made = back_up_sqlite(url(), file);
        EXPECT_TRUE(made) << made.error().message;
        const auto copy = opened(file);
        EXPECT_GT(number(*copy, "SELECT count(*) FROM entries"), before);
        EXPECT_EQ(number(*copy, "SELECT count(*) - (SELECT entries FROM owners) FROM entries"), 0);
    }
    stop = true;
    writer.join();
}

TEST_F(sqlite_backup_test, leaves_nothing_when_it_is_stopped) {
    add(1);
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    const auto before = files();
    const std::atomic<bool> stop{true};
    const auto made = back_up_sqlite(url(), at("second.db"), stop);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::unavailable);
    EXPECT_THAT(made.error().message, HasSubstr("Stopped"));
    EXPECT_FALSE(restore_sqlite(at("copy.db"), "sqlite:" + at("third.db"), stop));
    EXPECT_EQ(files(), before);
}

TEST_F(sqlite_backup_test, is_of_no_database_in_memory) {
    add(1);
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    const auto restored = restore_sqlite(at("copy.db"), "sqlite::memory:");
    ASSERT_FALSE(restored);
    EXPECT_THAT(restored.error().message, HasSubstr("in memory"));
    EXPECT_FALSE(fs::exists(":memory:"));
    const auto made = back_up_sqlite("sqlite::memory:", at("second.db"));
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("in memory"));
}

TEST_F(sqlite_backup_test, is_one_file_for_its_owner) {
    add(1);
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    struct stat about {};
    ASSERT_EQ(::stat(at("copy.db").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    EXPECT_THAT(files(), testing::ElementsAre("copy.db", "service.db", "service.db-shm", "service.db-wal"));
}

TEST_F(sqlite_backup_test, takes_no_name_that_is_taken) {
    write("there", "mine");
    const auto made = back_up_sqlite(url(), at("there"));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::conflict);
    EXPECT_EQ(fs::file_size(at("there")), 4U);
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    for (const char* const remains : {"", "-wal", "-journal"}) {
        write(std::string("old.db") + remains, "mine");
        const auto backed_up = back_up_sqlite(url(), at("old.db"));
        ASSERT_FALSE(backed_up) << remains;
        EXPECT_EQ(backed_up.error().code, errc::conflict);
        const auto restored = restore_sqlite(at("copy.db"), "sqlite:" + at("old.db"));
        ASSERT_FALSE(restored) << remains;
        EXPECT_EQ(restored.error().code, errc::conflict);
        fs::remove(at(std::string("old.db") + remains));
    }
}

// A service that starts beside a restore makes its database while the copy is under way.
TEST_F(sqlite_backup_test, leaves_what_was_made_meanwhile) {
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    const auto copy = opened(at("copy.db"));
    ASSERT_TRUE(copy->control("PRAGMA journal_mode = DELETE", later()));
    for (const std::string made : {"new.db", "new.db-wal", "new.db-journal"}) {
        // Whoever copies waits for this, with its own file made.
        ASSERT_TRUE(copy->control("BEGIN EXCLUSIVE", later()));
        auto restored = std::async([&] { return restore_sqlite(at("copy.db"), "sqlite:" + at("new.db")); });
        test::wait_until([&] { return has_file_that_begins_with("new.db."); });
        write(made, "mine");
        ASSERT_TRUE(copy->control("COMMIT", later()));
        const auto outcome = restored.get();
        ASSERT_FALSE(outcome) << made;
        EXPECT_EQ(outcome.error().code, errc::conflict) << outcome.error().message;
        EXPECT_EQ(fs::file_size(at(made)), 4U);
        EXPECT_FALSE(has_file_that_begins_with("new.db."));
        fs::remove(at(made));
    }
}

TEST_F(sqlite_backup_test, names_that_are_too_long_are_an_error_like_any_other) {
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    const std::string name(300, 'x');
    const auto made = back_up_sqlite(url(), at(name));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::unavailable);
    const auto restored = restore_sqlite(at("copy.db"), "sqlite:" + at(name));
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().code, errc::unavailable);
}

TEST_F(sqlite_backup_test, what_is_damaged_or_something_else_is_not_restored) {
    add(200);
    ASSERT_TRUE(back_up_sqlite(url(), at("copy.db")));
    std::ifstream in(at("copy.db"));
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    std::string torn = whole;
    for (std::size_t page = 4096; page + 4096 <= torn.size(); page += 8192) torn.replace(page, 100, 100, '\xFF');
    write("torn", torn);
    write("short", whole.substr(0, whole.size() / 2));
    write("text", std::string(5000, 'x'));
    write("empty", "");
    { const auto other = opened(at("other")); }
    const auto before = files();
    for (const char* const name : {"torn", "short", "text", "empty", "other", "missing"}) {
        const auto restored = restore_sqlite(at(name), "sqlite:" + at("new.db"));
        ASSERT_FALSE(restored) << name;
        const bool is_there = name != std::string("missing");
        EXPECT_EQ(restored.error().code, is_there ? errc::invalid : errc::unavailable) << name;
        EXPECT_THAT(restored.error().message, HasSubstr(at(name)));
        EXPECT_EQ(files(), before) << name;
    }
    EXPECT_TRUE(restore_sqlite(at("copy.db"), "sqlite:" + at("new.db")));
}

TEST_F(sqlite_backup_test, leaves_nothing_where_there_is_no_room) {
    add(200);
    const auto before = files();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    ::getrlimit(RLIMIT_FSIZE, &usual);
    rlimit small = usual;
    small.rlim_cur = 64 * 1024;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto made = back_up_sqlite(url(), at("copy.db"));
    ::setrlimit(RLIMIT_FSIZE, &usual);
    std::signal(SIGXFSZ, SIG_DFL);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, errc::unavailable);
    EXPECT_EQ(files(), before);
    EXPECT_EQ(back_up_sqlite("sqlite:" + at("nowhere.db"), at("copy.db")).error().code, errc::unavailable);
    EXPECT_EQ(files(), before);
}

}  // namespace
}  // namespace tenon::db
