// A database with one tenant table, for the tests of the database layer.
#pragma once

#include <gtest/gtest.h>

#include <tenon/db/backend.hpp>
#include <tenon/db/migrate.hpp>
#include <tenon/db/select.hpp>
#include <tenon/db/session.hpp>

#include "loop_runner.hpp"
#include "temporary_folder.hpp"

namespace tenon::db {

struct soon {
    operator std::chrono::steady_clock::time_point() const {
        return std::chrono::steady_clock::now() + std::chrono::seconds(20);
    }
};

class database_test : public testing::Test {
  protected:
    static constexpr app::migration initial[] = {
        {"0001_initial",
         "CREATE TABLE owners (id TEXT NOT NULL PRIMARY KEY) STRICT;\n"
         "CREATE TABLE notes (workspace_id TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER, "
         "owner TEXT REFERENCES owners(id), body TEXT, deleted_at INTEGER, ratio REAL, "
         "PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, title)) STRICT;",
         "DROP TABLE notes; DROP TABLE owners;"}};

    void SetUp() override {
        ASSERT_TRUE(migrate_up(folder_.database_url(), initial));
        auto opened = db::open(folder_.database_url());
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
        app::tenant_names names;
        names.column = "workspace_id";
        database_->name_tenants(names);
    }

    tenant_session session(tenant_id tenant) { return tenant_session(*database_, tenant, soon()); }
    result<rows> system(std::string text, values parameters = {}) {
        return runner_.wait(system_session(*database_, soon()).query(std::move(text), std::move(parameters)));
    }
    result<rows> insert(tenant_id tenant, uuid id, std::string title, std::optional<std::int64_t> rank = {}) {
        auto session_of = session(tenant);
        return runner_.wait(session_of.query(
            "INSERT INTO notes (workspace_id, id, title, rank) VALUES ($1, $2, $3, $4)", args(id, title, rank)));
    }
    std::int64_t count() {
        auto found = system("SELECT count(*) FROM notes");
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }

    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<backend> database_;
    tenant_id tenant_ = tenant_id::generate();
};

}  // namespace tenon::db
