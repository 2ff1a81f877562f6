// What tests do with the notes of a database, whatever database it is.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include <tenon/db/session.hpp>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"

namespace tenon::db {

struct soon {
    operator std::chrono::steady_clock::time_point() const {
        return std::chrono::steady_clock::now() + std::chrono::seconds(20);
    }
};

/// Two notes in one transaction, which ends without COMMIT when `commit` is false.
inline task<result<void>> insert_two(tenant_session session, bool commit) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto first = args(uuid::generate(), "one");
    CO_TRY_ASSIGN(auto a,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", first));
    auto second = args(uuid::generate(), "two");
    CO_TRY_ASSIGN(auto b,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", second));
    (void)a, (void)b;
    if (commit) CO_TRY(co_await open.commit());
    co_return result<void>();
}

inline task<result<void>> drained(backend& database) {
    co_await database.drain();
    co_return result<void>();
}

/// A part of fixtures: they make the tables, and close the database before they take its place away.
class notes_database {
  protected:
    void open(const std::string& url) {
        auto opened = db::open(url);
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
        tenant_names names;
        names.column = "workspace_id";
        database_->name_tenants(names);
    }
    tenant_session session(tenant_id tenant) { return tenant_session(*database_, tenant, soon()); }
    result<rows> system(std::string text, values parameters = {}) {
        return runner_.wait(system_session(*database_, soon()).read(std::move(text), std::move(parameters)));
    }
    result<rows> change(std::string text, values parameters = {}) {
        return runner_.wait(system_session(*database_, soon()).write(std::move(text), std::move(parameters)));
    }
    result<rows> insert(tenant_id tenant, uuid id, std::string title, std::optional<std::int64_t> rank = {}) {
        auto session_of = session(tenant);
        return runner_.wait(session_of.write(
            "INSERT INTO notes (workspace_id, id, title, rank) VALUES ($1, $2, $3, $4)", args(id, title, rank)));
    }

    test::loop_runner runner_;
    std::unique_ptr<backend> database_;
    tenant_id tenant_ = tenant_id::generate();
};

}  // namespace tenon::db
