// A SQLite database with one tenant table, for the tests of the database layer.
#pragma once

#include <tenon/db/select.hpp>

#include "migrations/migrate.hpp"
#include "notes_database.hpp"
#include "temporary_folder.hpp"

namespace tenon::db {

class database_test : public testing::Test, protected notes_database {
  protected:
    static constexpr db::migration initial[] = {
        {"0001_initial",
         "CREATE TABLE owners (id TEXT NOT NULL PRIMARY KEY) STRICT;\n"
         "CREATE TABLE notes (workspace_id TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER, "
         "owner TEXT REFERENCES owners(id), body TEXT, deleted_at INTEGER, ratio REAL, "
         "PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, title)) STRICT;",
         "DROP TABLE notes; DROP TABLE owners;"}};

    void SetUp() override {
        ASSERT_TRUE(migrate_up(folder_.database_url(), initial));
        open(folder_.database_url());
    }
    void TearDown() override { database_.reset(); }

    std::int64_t count() {
        auto found = system("SELECT count(*) FROM notes");
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }

    test::temporary_folder folder_;
};

}  // namespace tenon::db
