// Statements of tenant-bound sessions against a real SQLite file.
#include <tenon/core/duration.hpp>
#include <tenon/core/time_of_day.hpp>

#include "databases/open.hpp"
#include "notes_on_sqlite.hpp"

namespace tenon::db {
namespace {

TEST_F(database_test, binds_the_tenant_as_the_first_parameter) {
    const auto other = tenant_id::generate();
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    ASSERT_TRUE(insert(other, uuid::generate(), "theirs"));
    auto mine = session(tenant_);
    auto found = runner_.wait(mine.read("SELECT title FROM notes WHERE workspace_id = $1", args()));
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ((*found)[0].get<std::string>(0), "mine");
}

TEST_F(database_test, round_trips_every_type) {
    ASSERT_TRUE(change("CREATE TABLE every (a, b, c, d, e, f, g, h, i)"));
    const auto id = uuid::generate();
    const instant time{1'770'000'000'123'456};
    const date day{20'000};
    const decimal<14, 2> price(-1250);
    const std::string odd("nul\0in the middle ' \" ; -- \xc3\xa4", 27);
    auto in = args(true, std::int64_t{-7}, 0.1, odd, id, time, day, price, std::optional<std::string>());
    ASSERT_TRUE(change("INSERT INTO every VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", in));
    auto found = system("SELECT * FROM every");
    ASSERT_TRUE(found);
    const row r = (*found)[0];
    EXPECT_EQ(r.get<bool>(0), true);
    EXPECT_EQ(r.get<std::int64_t>(1), -7);
    EXPECT_EQ(r.get<double>(2), 0.1);
    EXPECT_EQ(r.get<std::string>(3), odd);
    EXPECT_EQ(r.get<uuid>(4), id);
    EXPECT_EQ(r.get<instant>(5), time);
    EXPECT_EQ(r.get<date>(6), day);
    EXPECT_EQ((r.get<decimal<14, 2>>(7)), price);
    EXPECT_EQ(r.get<std::optional<std::string>>(8), std::nullopt);
    EXPECT_THROW((void)r.get<uuid>(3), std::logic_error);
    EXPECT_THROW((void)r.get<std::int64_t>(3), std::logic_error);
    EXPECT_THROW((void)r.get<bool>(1), std::logic_error);
}

TEST_F(database_test, times_of_a_day_sort_as_they_are_kept) {
    ASSERT_TRUE(change("CREATE TABLE clocks (at TEXT) STRICT"));
    const std::vector<std::string> order = {"00:00:00", "09:30:00",   "09:30:00.000001", "09:30:00.25",
                                            "09:30:01", "12:00:00.5", "23:59:59.999999"};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto at = time_of_day::parse(order[i * 3 % order.size()]);
        ASSERT_TRUE(change("INSERT INTO clocks VALUES ($1)", args(at)));
    }
    ASSERT_TRUE(change("INSERT INTO clocks VALUES ('99:00'), (NULL)"));
    const auto found = system("SELECT at FROM clocks ORDER BY at");
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].get<std::optional<time_of_day>>(0), std::nullopt);
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ((*found)[i + 1].get<time_of_day>(0).to_string(), order[i]);
    EXPECT_THROW((void)(*found)[order.size() + 1].get<time_of_day>(0), std::logic_error);
}

TEST_F(database_test, durations_are_kept_to_the_microsecond) {
    ASSERT_TRUE(change("CREATE TABLE lengths (n INTEGER) STRICT"));
    for (const char* text : {"PT0S", "PT0.000001S", "PT1H30M", "PT2399999H59M59.999999S", "PT2400000H"})
        ASSERT_TRUE(change("INSERT INTO lengths VALUES ($1)", args(*duration::parse(text))));
    ASSERT_TRUE(change("INSERT INTO lengths VALUES (-1), (8640000000000001)"));
    const auto found = system("SELECT n FROM lengths ORDER BY n");
    ASSERT_TRUE(found);
    EXPECT_THROW((void)(*found)[0].get<duration>(0), std::logic_error);
    EXPECT_EQ((*found)[2].get<duration>(0), duration(1));
    EXPECT_EQ((*found)[4].get<duration>(0).to_string(), "PT2399999H59M59.999999S");
    EXPECT_EQ((*found)[5].get<duration>(0), duration(duration::longest_micros));
    EXPECT_THROW((void)(*found)[6].get<duration>(0), std::logic_error);
}

TEST_F(database_test, parameters_are_never_sql) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "'); DROP TABLE notes; --"));
    EXPECT_EQ(count(), 1);
}

TEST_F(database_test, a_taken_unique_value_names_its_column_but_not_the_tenant) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "same"));
    auto again = insert(tenant_, uuid::generate(), "same");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, errc::conflict);
    EXPECT_EQ(again.error().kind, "unique");
    ASSERT_EQ(again.error().fields.size(), 1U);
    EXPECT_EQ(again.error().fields[0].pointer, "/title");
    EXPECT_EQ(again.error().message.find("notes"), std::string::npos);
}

TEST_F(database_test, fields_that_are_unique_together_are_one_error) {
    ASSERT_TRUE(change("CREATE UNIQUE INDEX notes_by_body ON notes (workspace_id, body, rank)"));
    const auto insert_body = [&](const char* title) {
        auto mine = session(tenant_);
        return runner_.wait(
            mine.write("INSERT INTO notes (workspace_id, id, title, body, rank) VALUES ($1, $2, $3, 'a', 1)",
                       args(uuid::generate(), title)));
    };
    ASSERT_TRUE(insert_body("one"));
    auto again = insert_body("two");
    ASSERT_FALSE(again);
    ASSERT_EQ(again.error().fields.size(), 1U);
    EXPECT_EQ(again.error().fields[0].pointer, "");
    EXPECT_EQ(again.error().fields[0].detail, "body and rank are already taken together");
}

TEST_F(database_test, a_reference_to_nothing_is_a_conflict) {
    auto mine = session(tenant_);
    auto out = runner_.wait(mine.write("INSERT INTO notes (workspace_id, id, title, owner) VALUES ($1, $2, 'a', 'no')",
                                       args(uuid::generate())));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::conflict);
    EXPECT_EQ(out.error().kind, "reference");
}

TEST_F(database_test, bugs_in_statements_are_internal) {
    for (const char* text : {"SELECT nothing FROM notes", "SELECT \"nothing\" FROM notes", "SELECT 1; SELECT 2", "",
                             "SELECT $1", "-- only a comment", "SELEC"}) {
        auto out = system(text);
        ASSERT_FALSE(out) << text;
        EXPECT_EQ(out.error().code, errc::internal) << text;
    }
}

TEST_F(database_test, a_read_that_writes_is_refused) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    EXPECT_TRUE(system("WITH a AS (SELECT 1) SELECT * FROM a"));
    auto mine = session(tenant_);
    const auto lied =
        runner_.wait(mine.read("UPDATE notes SET title = 'b' WHERE workspace_id = $1 RETURNING title", args()));
    ASSERT_FALSE(lied);
    EXPECT_EQ(lied.error().code, errc::internal);
    EXPECT_EQ((*system("SELECT title FROM notes"))[0].get<std::string>(0), "a");
    EXPECT_TRUE(runner_.wait(mine.write("SELECT title FROM notes WHERE workspace_id = $1", args())));
    EXPECT_FALSE(system("SELECT load_extension('x')"));
}

TEST_F(database_test, says_how_many_rows_a_write_touched) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "b"));
    auto all = change("UPDATE notes SET rank = 1");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->affected(), 2);
    auto none = change("UPDATE notes SET rank = 1 WHERE title = 'c'");
    ASSERT_TRUE(none);
    EXPECT_EQ(none->affected(), 0);
    auto returning = change("DELETE FROM notes WHERE title = 'a' RETURNING title");
    ASSERT_TRUE(returning);
    EXPECT_EQ(returning->size(), 1U);
    EXPECT_EQ(returning->affected(), 1);
}

TEST_F(database_test, a_statement_ends_by_its_deadline) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    system_session impatient(*database_, deadline);
    auto out = runner_.wait(
        impatient.read("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", {}));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    EXPECT_TRUE(system("SELECT 1")) << "the connection must be usable again";
}

TEST_F(database_test, what_waits_behind_slow_statements_ends_by_its_own_deadline) {
    const auto long_deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto short_deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
    system_session slow(*database_, long_deadline);
    system_session quick(*database_, short_deadline);
    std::vector<std::future<result<rows>>> occupied;
    for (int i = 0; i < 8; ++i) {
        occupied.push_back(runner_.start(
            slow.read("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", {})));
    }
    auto out = runner_.wait(quick.read("SELECT 1", {}));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    EXPECT_EQ(occupied.back().wait_for(std::chrono::seconds(0)), std::future_status::timeout)
        << "answered before the slow ones ended";
    database_.reset();  // interrupts them
    for (auto& each : occupied) EXPECT_FALSE(each.get());
}

TEST_F(database_test, a_deadline_in_the_past_runs_nothing) {
    system_session late(*database_, std::chrono::steady_clock::now() - std::chrono::seconds(1));
    auto out = runner_.wait(late.write("DELETE FROM notes", {}));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
}

TEST_F(database_test, keeps_working_after_more_texts_than_it_keeps) {
    for (int i = 0; i < 600; ++i) {
        auto out = system("SELECT " + std::to_string(i));
        ASSERT_TRUE(out);
        ASSERT_EQ((*out)[0].get<std::int64_t>(0), i);
    }
}

TEST(database_url, refuses_what_it_cannot_open) {
    for (const char* url : {"", "sqlite:", "postgres://[/x", "mysql://x", "sqlite:file:x", "sqlite:x.db?mode=ro"}) {
        auto out = db::open(url);
        ASSERT_FALSE(out) << url;
        EXPECT_EQ(out.error().code, errc::invalid) << url;
    }
    auto out = db::open("sqlite:/no/such/folder/x.db");
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::unavailable);
}

TEST(database_url, a_new_file_is_for_its_owner_only) {
    const test::temporary_folder folder;
    ASSERT_TRUE(db::open(folder.database_url()));
    const auto mode = std::filesystem::status(folder.path() + "/test.db").permissions();
    EXPECT_EQ(mode & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(database_url, memory_databases_are_shared_by_readers_and_writer) {
    auto opened = db::open("sqlite::memory:");
    ASSERT_TRUE(opened);
    test::loop_runner runner;
    system_session all(**opened, soon());
    ASSERT_TRUE(runner.wait(all.write("CREATE TABLE t (a)", {})));
    EXPECT_TRUE(runner.wait(all.read("SELECT * FROM t", {})));
}

}  // namespace
}  // namespace tenon::db
