// Lists that are large or slow: cut at their bytes, ended in time, and never in all places that read.
#include <algorithm>
#include <map>
#include <thread>

#include "databases/open.hpp"
#include "db/slow_lists.hpp"
#include "fixture.hpp"
#include "notes_on_sqlite.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

/// What both databases must do with lists.
template <class Base>
class lists : public Base {
  protected:
    using Base::database_;
    using Base::runner_;
    using Base::tenant_;

    void open_with(const open_options& options, const std::string& url) {
        database_.reset();
        auto opened = db::open(url, options);
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
    }
    static task<result<rows>> run(backend& database, statement s) {
        result<rows> out = co_await database.run(std::move(s));
        co_return out;
    }
    statement list(std::string text, uuid caller) const {
        statement out(std::move(text), values(), row_scope::of_service(), soon());
        out.is_read = true;
        out.is_page = true;
        out.is_search = true;
        out.caller = caller;
        return out;
    }

    /// Twenty rows of 1,000 bytes, in pages of 4,000.
    void expect_pages_cut_at_their_bytes(const std::string& text) {
        auto cut = runner_.wait(run(*database_, list(text, uuid())));
        ASSERT_TRUE(cut) << cut.error().message;
        EXPECT_TRUE(cut->is_cut());
        EXPECT_EQ(cut->size(), 3U);  // each has a number as well
        for (std::size_t i = 0; i < cut->size(); ++i)
            EXPECT_EQ((*cut)[i].template get<std::int64_t>(0), std::int64_t(i) + 1);
        statement whole = list(text, uuid());
        whole.is_page = false;
        auto all = runner_.wait(run(*database_, std::move(whole)));
        ASSERT_TRUE(all) << all.error().message;
        EXPECT_FALSE(all->is_cut());
        EXPECT_EQ(all->size(), 20U);
    }
    void expect_the_first_row_anyway(const std::string& text) {
        auto cut = runner_.wait(run(*database_, list(text, uuid())));
        ASSERT_TRUE(cut) << cut.error().message;
        EXPECT_EQ(cut->size(), 1U);
        EXPECT_TRUE(cut->is_cut());
    }
    /// `slow` takes until its time is up. Whoever asks for more of it gets no further, and others are answered.
    void expect_others_are_answered_beside(const std::string& slow) {
        const uuid greedy = uuid::generate();
        std::vector<std::future<result<rows>>> slow_ones;
        for (int i = 0; i < 6; ++i) slow_ones.push_back(runner_.start(run(*database_, list(slow, greedy))));
        for (int i = 0; i < 5; ++i) {
            auto mine = runner_.wait(run(*database_, list("SELECT 1", uuid::generate())));
            EXPECT_TRUE(mine) << mine.error().message;
        }
        // Had it waited for a place, every place would have ended before.
        const bool still_busy = std::any_of(slow_ones.begin(), slow_ones.end(),
                                            [](auto& each) { return each.wait_for(0s) != std::future_status::ready; });
        EXPECT_TRUE(still_busy);
        for (auto& each : slow_ones) {
            const result<rows> outcome = each.get();
            ASSERT_FALSE(outcome);
            EXPECT_EQ(outcome.error().code, errc::invalid) << outcome.error().message;
            EXPECT_EQ(outcome.error().kind, "list_too_slow");
            ASSERT_EQ(outcome.error().fields.size(), 1U);
            EXPECT_EQ(outcome.error().fields[0].pointer, "?q");
        }
    }
    void expect_too_many_of_one_caller_are_refused(const std::string& slow) {
        const uuid greedy = uuid::generate();
        std::vector<std::future<result<rows>>> all;
        runner_.at_once([&] {
            for (std::size_t i = 0; i < lists_waiting_max + 8; ++i) {
                statement s = list(slow, greedy);
                s.deadline = std::chrono::steady_clock::now() + 1s;
                all.push_back(runner_.start(run(*database_, std::move(s))));
            }
        });
        std::map<errc, int> outcomes;
        for (auto& each : all) {
            const result<rows> outcome = each.get();
            ASSERT_FALSE(outcome);
            ++outcomes[outcome.error().code];
        }
        EXPECT_GE(outcomes[errc::unavailable], 4);
        EXPECT_GE(outcomes[errc::deadline_exceeded], 32);
    }
};

class sqlite_lists_test : public lists<database_test> {
  protected:
    static constexpr const char* slow =
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
    static std::string numbered(int size) {
        return "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20) SELECT x, "
               "substr(hex(zeroblob(" +
               std::to_string(size) + ")), 1, " + std::to_string(size) + ") FROM c";
    }
    void open_small() {
        open_options options;
        options.page_bytes = 4000;
        options.list_time = 400ms;
        open_with(options, folder_.database_url());
    }
};

TEST_F(sqlite_lists_test, end_at_their_bytes) {
    open_small();
    expect_pages_cut_at_their_bytes(numbered(1000));
    expect_the_first_row_anyway(numbered(10'000));
}

TEST_F(sqlite_lists_test, of_one_caller_leave_a_place_for_others) {
    open_small();
    expect_others_are_answered_beside(slow);
    expect_too_many_of_one_caller_are_refused(slow);
}

TEST_F(sqlite_lists_test, look_for_text_in_linear_time) {
    const std::string hay(1'000'000, 'a');
    const std::string needle = std::string(100, 'a') + "b" + std::string(99, 'a');
    ASSERT_TRUE(system("SELECT 1"));
    const auto begun = std::chrono::steady_clock::now();
    auto found = system("SELECT strpos(lower($1), lower($2)), strpos('abc', 'c'), strpos('', ''), strpos(NULL, 'a')",
                        args(hay, needle));
    ASSERT_TRUE(found) << found.error().message;
    // A pattern of LIKE takes some 20 s for this.
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 0);
    EXPECT_EQ((*found)[0].get<std::int64_t>(1), 3);
    EXPECT_EQ((*found)[0].get<std::int64_t>(2), 1);
    EXPECT_TRUE((*found)[0].is_null(3));
}

class postgres_lists_test : public lists<postgres_database_test> {
  protected:
    static constexpr const char* slow = "SELECT pg_sleep(30)";
    void open_small() {
        open_options options;
        options.page_bytes = 4000;
        options.list_time = 400ms;
        open_with(options, server().url("reader"));
    }
    static int running(const std::string& what) {
        const std::string mine = "usename = 'reader' AND state = 'active' AND pid <> pg_backend_pid()";
        return std::stoi(server().run(
            "SELECT count(*) FROM pg_stat_activity WHERE " + mine + " AND query LIKE '%" + what + "%'", "reader"));
    }
};

TEST_F(postgres_lists_test, end_at_their_bytes) {
    open_small();
    expect_pages_cut_at_their_bytes("SELECT x::bigint, repeat('x', 1000) FROM generate_series(1, 20) x");
    expect_the_first_row_anyway("SELECT x::bigint, repeat('x', 10000) FROM generate_series(1, 20) x");
    // What was cut off is not waited for, and the connection goes on.
    expect_the_first_row_anyway("SELECT x::bigint, repeat('x', 1000000) FROM generate_series(1, 1000000) x");
    auto next = runner_.wait(run(*database_, list("SELECT 1", uuid())));
    EXPECT_TRUE(next) << next.error().message;
}

TEST_F(postgres_lists_test, end_at_their_bytes_though_less_was_promised) {
    open_small();
    statement asked = list("SELECT x::bigint, repeat('x', 1000) FROM generate_series(1, 20) x", uuid());
    asked.page_bytes_max = 1'000;
    auto cut = runner_.wait(run(*database_, std::move(asked)));
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_TRUE(cut->is_cut());
    EXPECT_EQ(cut->size(), 3U);
}

TEST_F(postgres_lists_test, of_one_caller_leave_a_place_for_others) {
    open_small();
    expect_others_are_answered_beside(slow);
    expect_too_many_of_one_caller_are_refused(slow);
}

/// A list that is no search shares the pipeline until it turns out to be slow.
TEST_F(postgres_lists_test, that_were_slow_go_where_they_hold_nobody_up) {
    open_small();
    statement once = list("SELECT pg_sleep(0.3)", uuid::generate());
    once.is_search = false;
    statement again = once;
    ASSERT_TRUE(runner_.wait(run(*database_, std::move(once))));
    again.caller = uuid::generate();
    auto second = runner_.start(run(*database_, std::move(again)));
    statement plain("SELECT 1", values(), row_scope::of_service(), soon());
    plain.is_read = true;
    ASSERT_TRUE(runner_.wait(run(*database_, std::move(plain))));
    EXPECT_NE(second.wait_for(0s), std::future_status::ready) << "the plain one waited for it";
    EXPECT_TRUE(second.get());
}

/// Nobody knows yet that any of them is slow. Were each found out, or only ended, by itself, somebody else would wait
/// for all of them.
TEST_F(postgres_lists_test, that_one_caller_asks_for_at_once_are_found_out_together) {
    for (const bool alike : {true, false}) {
        for (const int in_a_turn : {100, 1}) {
            open_options options;
            options.list_time = 400ms;
            options.connections = 5;  // so that one is for all reads
            open_with(options, server().url("reader"));
            const auto ask_plainly = [this] {
                statement plain("SELECT 1", values(), row_scope::of_service(), soon());
                plain.is_read = true;
                return runner_.wait(run(*database_, std::move(plain)));
            };
            ASSERT_TRUE(ask_plainly());  // what waits for a connection travels together
            const uuid greedy = uuid::generate();
            std::vector<std::future<result<rows>>> slow_ones;
            const auto ask = [&] {
                for (int i = 0; i < in_a_turn; ++i) {
                    const std::string name = alike ? "same" : "column" + std::to_string(slow_ones.size());
                    statement one = list("SELECT pg_sleep(30) AS " + name, greedy);
                    one.is_search = false;
                    slow_ones.push_back(runner_.start(run(*database_, std::move(one))));
                }
            };
            while (slow_ones.size() < 100) {
                runner_.at_once(ask);
                std::this_thread::sleep_for(1ms);
            }
            const auto ended = [&slow_ones] {
                return std::count_if(slow_ones.begin(), slow_ones.end(),
                                     [](auto& each) { return each.wait_for(0s) == std::future_status::ready; });
            };
            const auto ended_before = ended();
            const auto beside = ask_plainly();
            EXPECT_TRUE(beside) << beside.error().message;
            // The place for slow ones ends one in 400 ms.
            EXPECT_LE(ended() - ended_before, 3) << "the plain one waited for them";
            // What was given up is not gone on with: one runs, in the place for slow ones.
            test::wait_until([] { return running("pg_sleep") <= 1; }, 10s);
            database_.reset();
            for (auto& each : slow_ones) EXPECT_FALSE(each.get());
        }
    }
}

/// Each is of a text of its own, and quick enough never to be found out.
TEST_F(postgres_lists_test, of_who_had_three_kinds_of_slow_ones_go_there_at_once) {
    open_options options;
    options.connections = 5;  // so that one is for all reads, and one for slow lists
    open_with(options, server().url("reader"));
    const auto ask_plainly = [this] {
        statement plain("SELECT 1", values(), row_scope::of_service(), soon());
        plain.is_read = true;
        return runner_.wait(run(*database_, std::move(plain)));
    };
    const uuid greedy = uuid::generate();
    std::size_t kinds = 0;
    const auto ask_for = [&](const std::string& seconds) {
        statement one = list("SELECT pg_sleep(" + seconds + ") AS kind" + std::to_string(++kinds), greedy);
        one.is_search = false;
        return runner_.start(run(*database_, std::move(one)));
    };
    ASSERT_TRUE(ask_plainly());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(ask_for("0.2").get());
    std::vector<std::future<result<rows>>> more;
    runner_.at_once([&] {
        for (int i = 0; i < 30; ++i) more.push_back(ask_for("0.05"));
    });
    EXPECT_TRUE(ask_plainly());
    const auto ended = std::count_if(more.begin(), more.end(),
                                     [](auto& each) { return each.wait_for(0s) == std::future_status::ready; });
    EXPECT_LT(ended, 15) << "the plain one waited for them";
    for (auto& each : more) EXPECT_TRUE(each.get());
}

/// Nobody knows yet that it is slow, and it never becomes ready.
TEST_F(postgres_lists_test, that_never_end_have_their_own_time_and_hold_nobody_up) {
    open_small();
    statement endless = list("SELECT pg_sleep(60)", uuid::generate());
    endless.is_search = false;
    auto asked = runner_.start(run(*database_, std::move(endless)));
    for (int i = 0; i < 5; ++i) {
        statement plain("SELECT 1", values(), row_scope::of_service(), soon());
        plain.is_read = true;
        const auto beside = runner_.wait(run(*database_, std::move(plain)));
        EXPECT_TRUE(beside) << beside.error().message;
    }
    EXPECT_NE(asked.wait_for(0s), std::future_status::ready) << "the plain ones waited for it";
    const result<rows> outcome = asked.get();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, "list_too_slow") << outcome.error().message;
    EXPECT_TRUE(outcome.error().fields.empty());
}

TEST_F(postgres_lists_test, have_places_of_their_own_however_many_loops_there_are) {
    open_options options;
    options.list_time = 400ms;
    options.connections = 24;
    options.loops = 16;
    open_with(options, server().url("reader"));
    const auto outcome = runner_.wait(run(*database_, list("SELECT pg_sleep(60)", uuid::generate())));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, "list_too_slow") << outcome.error().message;
}

TEST_F(postgres_lists_test, that_were_cut_short_go_where_they_hold_nobody_up) {
    open_small();
    const auto heavy = [this](double seconds) {
        statement out = list("SELECT repeat('x', 3000), pg_sleep($1) FROM generate_series(1, 20)", uuid::generate());
        out.is_search = false;
        out.parameters = args(seconds);
        return out;
    };
    ASSERT_TRUE(runner_.wait(run(*database_, heavy(0))));
    auto second = runner_.start(run(*database_, heavy(0.12)));
    statement plain("SELECT 1", values(), row_scope::of_service(), soon());
    plain.is_read = true;
    ASSERT_TRUE(runner_.wait(run(*database_, std::move(plain))));
    EXPECT_NE(second.wait_for(0s), std::future_status::ready) << "the plain one waited for it";
    EXPECT_TRUE(second.get());
}

TEST_F(postgres_lists_test, of_what_no_field_can_hold_still_come_whole) {
    auto found = system(
        "SELECT 'infinity'::timestamptz, '-infinity'::date, 'NaN'::numeric(9,2), 'NaN'::float8, '0044-03-15 BC'::date, "
        "'12000-01-01'::timestamptz, '1e30'::numeric");
    ASSERT_TRUE(found) << found.error().message;
    const row only = (*found)[0];
    instant time;
    date day;
    decimal<9, 2> amount;
    double number = 0;
    EXPECT_THROW(only.read(0, time), std::logic_error);
    EXPECT_THROW(only.read(1, day), std::logic_error);
    EXPECT_THROW(only.read(2, amount), std::logic_error);
    EXPECT_THROW(only.read(3, number), std::logic_error);
    EXPECT_THROW(only.read(4, day), std::logic_error);
    EXPECT_THROW(only.read(5, time), std::logic_error);
    EXPECT_THROW(only.read(6, amount), std::logic_error);
}

}  // namespace
}  // namespace tenon::db
