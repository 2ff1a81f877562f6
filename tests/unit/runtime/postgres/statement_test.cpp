// Statements of tenant-bound sessions against a real PostgreSQL with row-level security.
#include <algorithm>

#include <tenon/core/duration.hpp>
#include <tenon/core/time_of_day.hpp>
#include <tenon/db/select.hpp>

#include "databases/open.hpp"
#include "fixture.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;
constexpr const char* endless = "SELECT count(*) FROM generate_series(1, 1000000000000)";

TEST_F(postgres_database_test, row_level_security_holds_where_a_statement_forgets_the_tenant) {
    const auto other = tenant_id::generate();
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    ASSERT_TRUE(insert(other, uuid::generate(), "theirs"));
    auto mine = session(tenant_);
    auto found = runner_.wait(mine.read("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args()));
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ((*found)[0].get<std::string>(0), "mine");
    auto foreign = runner_.wait(
        mine.write("INSERT INTO notes (workspace_id, id, title) SELECT $2, $3, 'a' WHERE $1::uuid IS NOT NULL",
                   args(other, uuid::generate())));
    EXPECT_FALSE(foreign);
    auto none = system("SELECT count(*) FROM notes");
    ASSERT_TRUE(none);
    EXPECT_EQ((*none)[0].get<std::int64_t>(0), 0) << "no tenant is left set on a connection";
}

TEST_F(postgres_database_test, interleaved_tenants_see_their_own_rows_only) {
    std::vector<tenant_id> tenants;
    for (int i = 0; i < 20; ++i) {
        tenants.push_back(tenant_id::generate());
        ASSERT_TRUE(insert(tenants.back(), uuid::generate(), "of " + tenants.back().to_string()));
    }
    test::loop_runner second;
    std::vector<std::pair<tenant_id, std::future<result<rows>>>> all;
    for (int i = 0; i < 4000; ++i) {
        const tenant_id one = tenants[static_cast<std::size_t>(i * 7) % tenants.size()];
        auto mine = session(one);
        auto& where = i % 2 == 0 ? runner_ : second;
        all.emplace_back(one, where.start(mine.read("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args())));
    }
    for (auto& [one, answer] : all) {
        auto found = answer.get();
        ASSERT_TRUE(found) << found.error().message;
        ASSERT_EQ(found->size(), 1U);
        ASSERT_EQ((*found)[0].get<std::string>(0), "of " + one.to_string());
    }
}

TEST_F(postgres_database_test, what_travels_together_never_shares_a_tenant) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    tenant_session mine = session(tenant_);
    system_session nobody(*database_, soon());
    std::vector<std::future<result<rows>>> tenants, others;
    for (int i = 0; i < 500; ++i) {
        tenants.push_back(runner_.start(mine.read("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args())));
        others.push_back(runner_.start(nobody.read("SELECT title FROM notes", {})));
        if (i % 50 == 0) (void)runner_.start(nobody.read("SELECT 1 / 0", {}));
    }
    for (auto& each : tenants) {
        auto found = each.get();
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_EQ(found->size(), 1U);
    }
    for (auto& each : others) {
        auto found = each.get();
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_TRUE(found->empty());
    }
}

TEST_F(postgres_database_test, every_loop_has_connections_of_its_own_that_end_with_it) {
    const auto connections = [] {
        return server().run(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND pid <> pg_backend_pid()", "reader");
    };
    ASSERT_TRUE(system("SELECT 1"));
    {
        test::loop_runner second;
        system_session there(*database_, soon());
        ASSERT_TRUE(second.wait(there.read("SELECT 1", {})));
        EXPECT_EQ(connections(), "2\n");
    }
    test::wait_until([&] { return connections() == "1\n"; });
    EXPECT_TRUE(system("SELECT 1"));
}

TEST_F(postgres_database_test, round_trips_every_type) {
    const auto id = uuid::generate();
    const instant time{1'770'000'000'123'456};
    const date day{20'000};
    const decimal<14, 2> price(-1250);
    const std::string odd("in the middle ' \" ; -- \xc3\xa4 \\");
    auto in = args(true, std::int64_t{-7}, 0.1, odd, id, time, day, price, std::optional<std::string>(),
                   R"({"a": [1, "b"]})", std::int64_t{12}, decimal<9, 0>(-10'000'000));
    auto written = change("INSERT INTO every VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", in);
    ASSERT_TRUE(written) << written.error().message;
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
    EXPECT_EQ(r.get<std::string>(9), R"({"a": [1, "b"]})");
    EXPECT_EQ(r.get<std::int64_t>(10), 12);
    EXPECT_EQ((r.get<decimal<9, 0>>(11)), (decimal<9, 0>(-10'000'000)));
    EXPECT_THROW((void)r.get<uuid>(3), std::logic_error);
    EXPECT_THROW((void)r.get<bool>(1), std::logic_error);
}

TEST_F(postgres_database_test, decimals_and_times_survive_at_their_edges) {
    for (const std::int64_t units : {0LL, 1LL, -1LL, 99LL, 100LL, 10'000LL, 1'000'000LL, 99'999'999'999'999LL,
                                     -99'999'999'999'999LL, 12'345'678'901'234LL, 50'000'000LL}) {
        const decimal<14, 2> exact(units);
        auto found = system("SELECT $1::numeric(14, 2)", args(exact));
        ASSERT_TRUE(found);
        EXPECT_EQ(((*found)[0].get<decimal<14, 2>>(0)), exact);
    }
    for (const char* text : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"}) {
        const instant exact = *instant::parse(text);
        auto found = system("SELECT $1::timestamptz", args(exact));
        ASSERT_TRUE(found);
        EXPECT_EQ((*found)[0].get<instant>(0), exact);
    }
    auto sum = system("SELECT sum(n) FROM generate_series(1::bigint, 10) AS n");
    ASSERT_TRUE(sum);
    EXPECT_EQ((*sum)[0].get<std::int64_t>(0), 55);
}

TEST_F(postgres_database_test, times_of_a_day_survive_at_their_edges) {
    for (const char* text : {"00:00:00", "09:30:00", "09:30:00.25", "23:59:59.999999"}) {
        const auto found = system("SELECT $1::time", args(*time_of_day::parse(text)));
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_EQ((*found)[0].cell(0), value(std::string(text))) << "as SQLite has it, for cursors";
        EXPECT_EQ((*found)[0].get<time_of_day>(0), time_of_day::parse(text));
    }
    const auto odd = system("SELECT time '24:00', NULL::time");
    ASSERT_TRUE(odd);
    EXPECT_THROW((void)(*odd)[0].get<time_of_day>(0), std::logic_error);
    EXPECT_EQ((*odd)[0].get<std::optional<time_of_day>>(1), std::nullopt);
}

TEST_F(postgres_database_test, durations_survive_at_their_edges) {
    for (const std::int64_t micros : {std::int64_t{0}, std::int64_t{1}, duration::longest_micros}) {
        const auto found = system("SELECT $1::bigint", args(duration(micros)));
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_EQ((*found)[0].get<duration>(0), duration(micros));
    }
    const auto odd = system("SELECT -1::bigint, 8640000000000001");
    ASSERT_TRUE(odd);
    EXPECT_THROW((void)(*odd)[0].get<duration>(0), std::logic_error);
    EXPECT_THROW((void)(*odd)[0].get<duration>(1), std::logic_error);
}

TEST_F(postgres_database_test, a_text_that_cannot_be_kept_is_invalid_and_never_cut) {
    auto out = system("SELECT $1::text", args(std::string("a\0b", 3)));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::invalid);
    auto bytes = system("SELECT $1::text", args("\xff"));
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, errc::invalid);
}

TEST_F(postgres_database_test, parameters_are_never_sql) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "'); DROP TABLE notes; --"));
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_database_test, a_taken_unique_value_names_its_column_but_not_the_tenant) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "same"));
    auto again = insert(tenant_, uuid::generate(), "same");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, errc::conflict);
    EXPECT_EQ(again.error().kind, "unique");
    ASSERT_EQ(again.error().fields.size(), 1U);
    EXPECT_EQ(again.error().fields[0].pointer, "/title");
    EXPECT_EQ(again.error().message.find("notes"), std::string::npos);
}

TEST_F(postgres_database_test, fields_that_are_unique_together_are_one_error) {
    const std::string made = server().run("CREATE UNIQUE INDEX notes_by_body ON notes (workspace_id, body, rank)");
    ASSERT_EQ(made.find("ERROR"), std::string::npos) << made;
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

TEST_F(postgres_database_test, a_reference_to_nothing_is_a_conflict) {
    auto mine = session(tenant_);
    auto out = runner_.wait(mine.write("INSERT INTO notes (workspace_id, id, title, owner) VALUES ($1, $2, 'a', $3)",
                                       args(uuid::generate(), uuid::generate())));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::conflict);
    EXPECT_EQ(out.error().kind, "reference");
}

TEST_F(postgres_database_test, bugs_in_statements_are_internal_and_hurt_nobody_else) {
    std::vector<std::future<result<rows>>> others;
    for (const char* text : {"SELECT nothing FROM notes", "SELECT 1; SELECT 2", "", "SELECT $1", "-- only a comment",
                             "SELEC", "SELECT '1 day'::interval", "CREATE TABLE own (a int)"}) {
        system_session all(*database_, soon());
        for (int i = 0; i < 10; ++i) others.push_back(runner_.start(all.read("SELECT 1", {})));
        for (int twice = 0; twice < 2; ++twice) {
            auto out = system(text);
            ASSERT_FALSE(out) << text;
            EXPECT_EQ(out.error().code, errc::internal) << text;
        }
    }
    for (auto& each : others) EXPECT_TRUE(each.get());
}

TEST_F(postgres_database_test, says_how_many_rows_a_write_touched) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "b"));
    auto mine = session(tenant_);
    auto all = runner_.wait(mine.write("UPDATE notes SET rank = 1 WHERE workspace_id = $1", args()));
    ASSERT_TRUE(all);
    EXPECT_EQ(all->affected(), 2);
    auto none = runner_.wait(mine.write("UPDATE notes SET rank = 1 WHERE workspace_id = $1 AND title = 'c'", args()));
    ASSERT_TRUE(none);
    EXPECT_EQ(none->affected(), 0);
    auto returning =
        runner_.wait(mine.write("DELETE FROM notes WHERE workspace_id = $1 AND title = 'a' RETURNING title", args()));
    ASSERT_TRUE(returning);
    EXPECT_EQ(returning->size(), 1U);
    EXPECT_EQ(returning->affected(), 1);
    EXPECT_EQ(system("SELECT 1")->affected(), 0);
}

TEST_F(postgres_database_test, a_statement_ends_by_its_deadline_and_is_cancelled) {
    system_session impatient(*database_, std::chrono::steady_clock::now() + 100ms);
    std::vector<std::future<result<rows>>> behind;
    auto slow = runner_.start(impatient.read(endless, {}));
    system_session patient(*database_, soon());
    for (int i = 0; i < 50; ++i) behind.push_back(runner_.start(patient.read("SELECT 1", {})));
    auto out = slow.get();
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    // Those that were sent behind it can only be answered because the server has stopped it; a cancel that hits one of
    // them instead is made good.
    for (auto& each : behind) {
        auto answered = each.get();
        EXPECT_TRUE(answered) << answered.error().message;
    }
}

TEST_F(postgres_database_test, a_deadline_in_the_past_runs_nothing) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    tenant_session late(*database_, tenant_, std::chrono::steady_clock::now() - 1s);
    auto out = runner_.wait(late.write("DELETE FROM notes WHERE workspace_id = $1", args()));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_database_test, keeps_working_after_more_texts_than_it_keeps) {
    for (int i = 0; i < 600; ++i) {
        auto out = system("SELECT " + std::to_string(i));
        ASSERT_TRUE(out) << out.error().message;
        ASSERT_EQ((*out)[0].get<std::int64_t>(0), i);
    }
}

TEST_F(postgres_database_test, a_statement_survives_a_change_of_its_table) {
    ASSERT_TRUE(system("SELECT * FROM every"));
    server().run("ALTER TABLE every ADD COLUMN later text");
    auto found = system("SELECT * FROM every");
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->width(), 13U);
}

TEST_F(postgres_database_test, statements_that_travel_together_survive_a_change_of_their_table) {
    const auto ask_all = [&] {
        std::vector<std::future<result<rows>>> out;
        runner_.at_once([&] {
            for (int i = 0; i < 16; ++i) {
                system_session nobody(*database_, soon());
                out.push_back(runner_.start(nobody.read("SELECT *, " + std::to_string(i) + " FROM owners", {})));
            }
        });
        for (auto& each : out) {
            auto answer = each.get();
            EXPECT_TRUE(answer) << answer.error().message;
        }
    };
    ask_all();
    server().run("ALTER TABLE owners ADD COLUMN more bigint");
    ask_all();
}

TEST_F(postgres_database_test, connects_again_when_its_connections_were_ended) {
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(insert(tenant_, uuid::generate(), "n" + std::to_string(i)));
        EXPECT_EQ(count(tenant_), i + 1);
        break_connections();
    }
}

TEST_F(postgres_database_test, a_write_that_was_under_way_when_its_connection_broke_is_not_done_twice) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "counter", 0));
    auto mine = session(tenant_);
    auto slow = runner_.start(mine.write(
        "UPDATE notes SET rank = rank + 1 WHERE workspace_id = $1 AND (SELECT pg_sleep(1000)) IS NOT NULL", args()));
    const char* const running = "SELECT 'yes' FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'UPDATE%'";
    test::wait_until([&] { return server().run(running, "reader").find("yes") != std::string::npos; });
    break_connections();
    auto out = slow.get();
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::unavailable);
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_database_test, closing_answers_what_is_under_way) {
    system_session patient(*database_, soon());
    auto slow = runner_.start(patient.read(endless, {}));
    runner_.run([] {});
    database_.reset();
    EXPECT_FALSE(slow.get());
}

TEST_F(postgres_database_test, lists_page_over_null_and_equal_keys) {
    for (int i = 0; i < 23; ++i) {
        const auto rank = i % 5 == 0 ? std::nullopt : std::optional<std::int64_t>(i % 3);
        ASSERT_TRUE(insert(tenant_, uuid::generate(), "n_" + std::to_string(i), rank));
    }
    static constexpr std::string_view columns[] = {"title", "body"};
    auto mine = session(tenant_);
    for (const bool descending : {false, true}) {
        std::vector<uuid> seen;
        std::optional<std::pair<value, uuid>> last;
        for (int pages = 0; pages < 100; ++pages) {
            select_statement s("id, title, rank", "notes", "workspace_id");
            s.where_contains(columns, 2, "N_").where_null("deleted_at");
            if (last) s.after("rank", last->first, last->second, descending);
            s.order_by("rank", descending).limit(4);
            auto found = runner_.wait(mine.read(std::move(s)));
            ASSERT_TRUE(found) << found.error().message;
            if (found->empty()) break;
            for (std::size_t i = 0; i < found->size(); ++i) seen.push_back((*found)[i].get<uuid>(0));
            const row end = (*found)[found->size() - 1];
            last.emplace(end.cell(2), end.get<uuid>(0));
        }
        EXPECT_EQ(seen.size(), 23U);
        std::sort(seen.begin(), seen.end());
        EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
    }
}

TEST(postgres_url, errors_never_show_the_password) {
    for (const char* url : {"postgres://u:s3cret@/x?host=/no/such/folder", "postgres://u:s3cret@h:port/x",
                            "postgresql://u:s3cret@[/x", "postgres://u:s3cret@/x?what=ever"}) {
        auto out = db::open(url);
        ASSERT_FALSE(out) << url;
        EXPECT_EQ(out.error().message.find("s3cret"), std::string::npos) << out.error().message;
    }
    auto away = db::open("postgres://u:s3cret@/x?host=/no/such/folder");
    EXPECT_EQ(away.error().code, errc::unavailable);
}

}  // namespace
}  // namespace tenon::db
