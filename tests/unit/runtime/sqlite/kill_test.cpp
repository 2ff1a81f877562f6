// A process that dies while it commits: what it has answered is there, and of no change is there a half.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <initializer_list>
#include <set>
#include <thread>

#include "migrations/migrate.hpp"
#include "notes_database.hpp"
#include "temporary_folder.hpp"

#include "tests/child_process.hpp"

namespace tenon::db {
namespace {

enum class moment { write, before_sync, after_sync };

/// Of the child, which dies when it gets to zero; below: never.
std::atomic<int> events_left = -1;
moment dies_at = moment::write;

void happened(moment what) {
    if (what == dies_at && --events_left == 0) ::kill(::getpid(), SIGKILL);
}

ssize_t write_at(int file, const void* from, std::size_t bytes, off_t to) {
    happened(moment::write);
    return ::pwrite(file, from, bytes, to);
}

}  // namespace
}  // namespace tenon::db

/// Called by SQLite instead of the C library's.
extern "C" int fdatasync(int file) {
    tenon::db::happened(tenon::db::moment::before_sync);
    const auto out = static_cast<int>(::syscall(SYS_fdatasync, file));
    tenon::db::happened(tenon::db::moment::after_sync);
    return out;
}

namespace tenon::db {
namespace {

constexpr db::migration pairs_table[] = {
    {"0001_initial",
     "CREATE TABLE pairs (workspace_id TEXT NOT NULL, id TEXT NOT NULL, half INTEGER "
     "NOT NULL, PRIMARY KEY (workspace_id, id, half)) STRICT;",
     "DROP TABLE pairs;"}};
constexpr tenant_sql insert_half("INSERT INTO pairs (workspace_id, id, half) VALUES ($1, $2, $3)");
constexpr tenant_sql insert_both("INSERT INTO pairs (workspace_id, id, half) VALUES ($1, $2, 1), ($1, $2, 2)");

task<result<void>> insert_pair(tenant_session session, uuid id) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto first = args(id, std::int64_t{1});
    CO_TRY(co_await open.query(insert_half, first));
    auto second = args(id, std::int64_t{2});
    CO_TRY(co_await open.query(insert_half, second));
    co_return co_await open.commit();
}

/// Pairs in one statement and in two, one after another; each that is answered is written to `answers` at once.
task<void> insert_pairs(tenant_session session, int answers) {
    for (int i = 0; i < 1'000; ++i) {
        const uuid id = uuid::generate();
        bool done = false;
        if (i % 3 == 0) {
            done = (co_await insert_pair(session, id)).has_value();
        } else {
            auto both = args(id);
            done = (co_await session.write(insert_both, both)).has_value();
        }
        const std::string line = id.to_string() + "\n";
        if (done && ::write(answers, line.data(), line.size()) < 0) std::_Exit(1);
    }
}

/// Never returns.
void work_until_killed(const std::string& url, int answers) {
    if (auto* const files = sqlite3_vfs_find(nullptr)) {
        for (const char* name : {"pwrite64", "pwrite"})
            files->xSetSystemCall(files, name, reinterpret_cast<sqlite3_syscall_ptr>(&write_at));
    }
    test::loop_runner runner;
    auto database = db::open(url);
    if (!database) std::_Exit(1);
    for (int i = 0; i < 30; ++i) {
        const tenant_session session(**database, tenant_id::generate(), soon());
        runner.run([&] { start_detached(insert_pairs(session, answers)); });
    }
    std::this_thread::sleep_for(std::chrono::seconds(20));
    std::_Exit(2);
}

class sqlite_kill_test : public testing::TestWithParam<moment> {
  protected:
    void SetUp() override { ASSERT_TRUE(migrate_up(folder_.database_url(), pairs_table)); }

    /// Runs a child until the event of that number; the ids that it has answered.
    std::set<std::string> answered_until(int event) {
        const std::string path = folder_.path() + "/answers";
        const pid_t child = ::fork();
        if (child == 0) {
            const int answers = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
            dies_at = GetParam();
            events_left = event;
            work_until_killed(folder_.database_url(), answers);
        }
        const int status = test::status_of_child(child);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
        std::ifstream lines(path);
        std::set<std::string> out;
        for (std::string line; std::getline(lines, line);) out.insert(line);
        return out;
    }

    const test::temporary_folder folder_;
};

INSTANTIATE_TEST_SUITE_P(moments, sqlite_kill_test,
                         ::testing::Values(moment::write, moment::before_sync, moment::after_sync));

TEST_P(sqlite_kill_test, loses_nothing_that_was_answered_and_keeps_no_half) {
    std::size_t all = 0;
    for (int event = 1; event <= 12; ++event) {
        const auto answered = answered_until(GetParam() == moment::write ? event * 37 : event);
        all += answered.size();
        test::loop_runner runner;
        auto database = db::open(folder_.database_url());
        ASSERT_TRUE(database) << database.error().message;
        system_session session(**database, soon());
        auto halves = runner.wait(session.read("SELECT id, count(*) FROM pairs GROUP BY id", {}));
        ASSERT_TRUE(halves) << halves.error().message;
        std::set<std::string> found;
        for (std::size_t i = 0; i < halves->size(); ++i) {
            EXPECT_EQ((*halves)[i].get<std::int64_t>(1), 2);
            found.insert((*halves)[i].get<std::string>(0));
        }
        for (const std::string& id : answered) EXPECT_EQ(found.count(id), 1U) << "event " << event;
    }
    EXPECT_GT(all, 0U) << "nothing was answered";
}

}  // namespace
}  // namespace tenon::db
