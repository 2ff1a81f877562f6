// Where the data is, and how much of it at a time.
#include "feature/feature.hpp"

namespace tenon::features::database {

using namespace tenon::feature;

namespace {

std::vector<setting> settings() {
    return {
        {.name = "DATABASE_URL",
         .default_text = "sqlite:{service}.db",
         .meaning = "where the data is: sqlite:PATH or postgresql://USER:PASSWORD@HOST/NAME; on PostgreSQL the role "
                    "owns nothing, so that row-level security holds for it (deploy/postgres/roles.sql makes it)",
         .set_by_image = true},
        {.name = "MIGRATION_DATABASE_URL",
         .meaning = "PostgreSQL: the same database as the role that owns the tables, for `migrate` and `serve "
                    "--migrate`; DATABASE_URL when not set"},
        {.name = "DATABASE_CONNECTIONS",
         .what = form::whole,
         .default_text = "24",
         .meaning =
             "PostgreSQL: connections of a process, shared evenly by its event loops, each of which has at least 5",
         .min = 5,
         .max = 10000},
        {.name = "DATABASE_POOLER",
         .what = form::flag,
         .default_text = "false",
         .meaning = "PostgreSQL: set to true behind a pooler in transaction mode, such as pgbouncer"},
        {.name = "MAX_PAGE_BYTES",
         .what = form::whole,
         .default_text = "1048576",
         .meaning = "size at which a page of a list ends; a page holds at least one record",
         .min = 1024,
         .max = 4 * 1024 * 1024},
        {.name = "LIST_TIMEOUT",
         .what = form::duration,
         .default_text = "3s",
         .meaning = "how long the database may work on one list"},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "database", .settings = settings(), .place = 2};
}

}  // namespace tenon::features::database
