// Rows that cannot be read, as a hand or another version leaves them: listed around, repaired and deleted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"
#include "tests/unit/generator/migrate/postgres_session.hpp"

namespace tenon::service_test {
namespace {

/// A value that a column of the starter's tables must not hold, and what a client would put in its place.
struct poison {
    std::string table;
    std::string column;
    std::string value;   ///< As SQL.
    std::string field;   ///< As clients call it.
    std::string repair;  ///< As JSON; empty for what no client can change.
};

const std::vector<poison>& of_sqlite() {
    static const std::vector<poison> all = {
        {"tasks", "status", "'someday'", "status", "\"done\""},
        {"tasks", "assignee_id", "'nobody'", "assignee_id", "null"},
        {"tasks", "due_at", "9000000000000000000", "due_at", "\"2026-01-01T00:00:00Z\""},
        {"tasks", "billable", "7", "billable", "true"},
        {"tasks", "checklist", "'[1'", "checklist", "[1]"},
        {"tasks", "checklist", "'[1]]'", "checklist", "{}"},
        {"tasks", "external_id", "'x'", "external_id", "null"},
        {"tasks", "estimate_hours", "9e999", "estimate_hours", "1"},
        {"tasks", "project_id", "'x'", "project_id", ""},
        {"tasks", "created_by", "'x'", "created_by", ""},
        {"tasks", "created_at", "-9000000000000000000", "created_at", ""},
        {"projects", "budget_currency", "'nope'", "budget", R"({"amount":1,"currency":"USD"})"},
        {"projects", "starts_on", "'yesterday'", "starts_on", "\"2026-01-01\""},
        {"projects", "labels", "'{\"a\":1}'", "labels", "[]"},
        {"projects", "labels", "'[1]'", "labels", "[\"a\"]"},
    };
    return all;
}

const std::vector<poison>& of_postgres() {
    static const std::vector<poison> all = {
        {"tasks", "status", "'someday'", "status", "\"done\""},
        {"tasks", "due_at", "'infinity'", "due_at", "\"2026-01-01T00:00:00Z\""},
        {"tasks", "due_at", "'-infinity'", "due_at", "null"},
        {"tasks", "due_at", "'20000-01-01T00:00:00Z'", "due_at", "null"},
        {"tasks", "estimate_hours", "'NaN'", "estimate_hours", "1"},
        {"tasks", "estimate_hours", "'-Infinity'", "estimate_hours", "null"},
        {"tasks", "created_at", "'infinity'", "created_at", ""},
        {"tasks", "created_at", "'-infinity'", "created_at", ""},
        {"projects", "budget_currency", "'xyz'", "budget", R"({"amount":1,"currency":"USD"})"},
        {"projects", "starts_on", "'infinity'", "starts_on", "\"2026-01-01\""},
        {"projects", "starts_on", "'0044-03-15 BC'", "starts_on", "null"},
        {"projects", "labels", "'{\"a\":1}'", "labels", "[]"},
        {"projects", "rate", "'NaN'", "rate", "\"1.00\""},
    };
    return all;
}

class stored_rows : public ::testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (!process::available()) GTEST_SKIP() << "STARTER is not set";
        std::string pattern = (std::filesystem::temp_directory_path() / "tenon-rows-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        if (GetParam()) {
            static std::string why;
            static const std::unique_ptr<gen::postgres_cluster> all = gen::postgres_cluster::start(why);
            if (!all) GTEST_SKIP() << why;
            cluster_ = all.get();
            cluster_->recreate();
        }
        settings_["DATABASE_URL"] = cluster_ ? cluster_->url("reader") : "sqlite:" + folder_ + "/service.db";
        if (cluster_) settings_["MIGRATION_DATABASE_URL"] = cluster_->url("owner");
        if (cluster_) owner_ = std::make_unique<gen::postgres_session>(cluster_->address("product", "owner"));
        log_ = std::fopen((folder_ + "/log").c_str(), "w+");
        service_ = std::make_unique<process>(settings_, ::fileno(log_));
        founder_ = service_->sign_up("founder");
        project_ = service_->create(founder_, "/v1/projects", R"({"name":"Rows","code":"ROWS"})");
        if (cluster_)
            run("DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint "
                "WHERE "
                "contype = 'c' AND conrelid IN ('tasks'::regclass, 'projects'::regclass) LOOP EXECUTE format('ALTER "
                "TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP; END $$");
    }
    void TearDown() override {
        owner_.reset();
        service_.reset();
        if (log_) std::fclose(log_);
        std::filesystem::remove_all(folder_);
    }

    /// Past the service, by the owner of the tables.
    void run(const std::string& sql) {
        if (cluster_) {
            const std::string outcome = owner_->run("SET LOCAL app.tenant = '" + founder_.workspace_id + "'; " + sql);
            ASSERT_EQ(outcome.find("ERROR"), outcome.npos) << outcome;
            return;
        }
        sqlite3* database = nullptr;
        // Rules stand in triggers there.
        const auto drop = [](void* all, int, char** columns, char**) {
            *static_cast<std::string*>(all) += "DROP TRIGGER \"" + std::string(columns[0]) + "\";";
            return 0;
        };
        std::string no_rules;
        ASSERT_EQ(sqlite3_open((folder_ + "/service.db").c_str(), &database), SQLITE_OK);
        sqlite3_busy_timeout(database, 10'000);
        char* wrong = nullptr;
        sqlite3_exec(database, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name <> 'spoil'", drop,
                     &no_rules, nullptr);
        const std::string all = "PRAGMA ignore_check_constraints = ON; " + no_rules + sql;
        sqlite3_exec(database, all.c_str(), nullptr, nullptr, &wrong);
        EXPECT_EQ(wrong, nullptr) << wrong << sql;
        sqlite3_free(wrong);
        sqlite3_close(database);
    }

    answer send(const std::string& method, const std::string& target, const std::string& body = {}) const {
        return ask(service_->port(), {method, target, body, founder_.token, {}});
    }
    std::string make(const std::string& table) {
        const std::string number = std::to_string(++made_);
        if (table == "projects")
            return service_->create(
                founder_, "/v1/projects",
                R"({"name":"p","budget":{"amount":5,"currency":"EUR"},"starts_on":"2026-01-01","code":"P)" + number +
                    "\"}");
        return service_->create(founder_, "/v1/tasks",
                                R"({"project_id":")" + project_ + R"(","title":"t)" + number + "\"}");
    }
    void poison_row(const poison& with, const std::string& id) {
        run("UPDATE " + with.table + " SET " + with.column + " = " + with.value + " WHERE id = '" + id + "'");
    }

    struct seen {
        std::multiset<std::string> items;
        std::multiset<std::string> unreadable;
    };
    /// All pages, of `limit` records each.
    seen walk(const std::string& table, const std::string& limit, const std::string& sort) const {
        seen out;
        std::string cursor;
        for (int pages = 0; pages < 100; ++pages) {
            const answer page = send("GET", "/v1/" + table + "?limit=" + limit + "&sort=" + sort + cursor);
            EXPECT_EQ(page.status, 200) << page.body;
            for (int i = 0;; ++i) {
                const std::string id = page.at("/items/" + std::to_string(i) + "/id");
                if (id.empty()) break;
                out.items.insert(id);
            }
            for (int i = 0;; ++i) {
                const std::string id = page.at("/unreadable/" + std::to_string(i));
                if (id.empty()) break;
                out.unreadable.insert(id);
            }
            if (page.status != 200 || page.at("/next_cursor").empty()) return out;
            cursor = "&cursor=" + page.at("/next_cursor");
        }
        ADD_FAILURE() << "the pages do not end";
        return out;
    }
    std::string log_text() const {
        std::string out(static_cast<std::size_t>(std::filesystem::file_size(folder_ + "/log")), '\0');
        std::rewind(log_);
        out.resize(std::fread(out.data(), 1, out.size(), log_));
        return out;
    }

    void expect_listed_around(const poison& with, const std::string& bad, const std::string& before,
                              const std::string& after) const {
        for (const char* limit : {"1", "2", "100"}) {
            for (const char* sort : {"created_at", "-created_at"}) {
                const seen all = walk(with.table, limit, sort);
                EXPECT_EQ(all.items.count(before), 1U) << limit << sort;
                EXPECT_EQ(all.items.count(after), 1U) << limit << sort;
                EXPECT_EQ(all.items.count(bad), 0U) << limit << sort;
                EXPECT_EQ(all.unreadable.count(bad), 1U) << limit << sort;
            }
        }
    }
    void expect_a_way_out(const poison& with) {
        SCOPED_TRACE(with.table + "." + with.column + " = " + with.value);
        const std::string before = make(with.table);
        const std::string bad = make(with.table);
        const std::string after = make(with.table);
        poison_row(with, bad);
        expect_listed_around(with, bad, before, after);

        const std::string path = "/v1/" + with.table + "/" + bad;
        const answer got = send("GET", path);
        EXPECT_EQ(got.status, 409) << got.body;
        EXPECT_EQ(got.at("/code"), "unreadable");
        EXPECT_EQ(got.broken_fields(), std::vector<std::string>{"/" + with.field});
        const std::string other = with.table == "tasks" ? R"({"priority":4})" : R"({"name":"q"})";
        const answer refused = send("PATCH", path, other);
        EXPECT_EQ(refused.status, 409) << refused.body;
        EXPECT_EQ(refused.broken_fields(), std::vector<std::string>{"/" + with.field});
        if (!with.repair.empty()) {
            const answer repaired = send("PATCH", path, "{\"" + with.field + "\":" + with.repair + "}");
            EXPECT_EQ(repaired.status, 200) << repaired.body;
            EXPECT_EQ(send("GET", path).body, repaired.body);
            EXPECT_EQ(walk(with.table, "2", "-created_at").items.count(bad), 1U);
            poison_row(with, bad);
        }
        EXPECT_EQ(send("DELETE", path).status, 204);
        EXPECT_EQ(walk(with.table, "2", "-created_at").unreadable.size(), 0U);
        EXPECT_NE(log_text().find(bad), std::string::npos) << "not in the log";
        // Out of the way of the next one.
        run("DELETE FROM " + with.table + " WHERE id = '" + bad + "'");
    }

    std::string folder_;
    gen::postgres_cluster* cluster_ = nullptr;
    std::unique_ptr<gen::postgres_session> owner_;
    std::map<std::string, std::string> settings_;
    std::FILE* log_ = nullptr;
    std::unique_ptr<process> service_;
    person founder_;
    std::string project_;
    int made_ = 0;
};

INSTANTIATE_TEST_SUITE_P(sqlite, stored_rows, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres, stored_rows, ::testing::Values(true));

TEST_P(stored_rows, that_cannot_be_read_are_listed_around_repaired_and_deleted) {
    for (const poison& each : GetParam() ? of_postgres() : of_sqlite()) expect_a_way_out(each);
}

TEST_P(stored_rows, of_former_versions_are_read_as_they_are) {
    const std::string id = make("tasks");
    run("UPDATE tasks SET checklist = '[1e-330, 1e3,  {\"b\":1, \"a\":-0.0}]' WHERE id = '" + id + "'");
    EXPECT_EQ(send("GET", "/v1/tasks/" + id).status, 200);
    EXPECT_EQ(walk("tasks", "100", "created_at").items.count(id), 1U);
    EXPECT_EQ(send("PATCH", "/v1/tasks/" + id, R"({"priority":5})").status, 200);
    EXPECT_EQ(send("DELETE", "/v1/tasks/" + id).status, 204);
}

/// What the database makes unreadable while it is written is undone, or answered as it was sent.
TEST_P(stored_rows, that_cannot_be_read_back_never_fail_behind_their_commit) {
    if (cluster_) {
        run("CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := 'infinity'; RETURN "
            "NEW; "
            "END $$; CREATE TRIGGER spoil BEFORE INSERT OR UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION spoil()");
    } else {
        run("CREATE TRIGGER spoil AFTER INSERT ON tasks BEGIN UPDATE tasks SET due_at = 9000000000000000000 WHERE id = "
            "NEW.id; END");
    }
    const auto count = [&] { return walk("tasks", "100", "created_at"); };
    const std::size_t before = count().items.size() + count().unreadable.size();
    const answer made = send("POST", "/v1/tasks", R"({"title":"spoilt","project_id":")" + project_ + "\"}");
    const seen now = count();
    const bool kept = now.items.size() + now.unreadable.size() > before;
    EXPECT_EQ(made.status, kept ? 201 : 500) << made.body;
    EXPECT_TRUE(!kept || made.at("/title") == "spoilt");
}

/// PostgreSQL's own limit on what an index can hold.
TEST_P(stored_rows, with_a_value_too_long_for_an_index_are_refused_with_its_place) {
    if (!cluster_) GTEST_SKIP() << "SQLite has no such limit";
    run("CREATE INDEX long_bodies ON tasks (workspace_id, body)");
    std::string body;
    for (unsigned i = 0, state = 1; i < 50'000; ++i, state = state * 1664525U + 1013904223U)
        body += static_cast<char>('a' + (state >> 24U) % 26);
    const answer made =
        send("POST", "/v1/tasks", R"({"title":"t","project_id":")" + project_ + R"(","body":")" + body + "\"}");
    EXPECT_EQ(made.status, 422) << made.body;
    EXPECT_EQ(made.broken_fields(), std::vector<std::string>{"/body"});
    EXPECT_EQ(walk("tasks", "100", "created_at").items.size(), 0U);
}

}  // namespace
}  // namespace tenon::service_test
