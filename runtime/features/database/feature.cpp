// Where the data is, and how much of it at a time.
#include "feature/feature.hpp"

namespace tenon::features::database {

using namespace tenon::feature;

namespace {

std::vector<setting> settings() {
    return {
        {.name = "DATABASE_URL",
         .usual = "sqlite:{service}.db",
         .meaning = "where the data is: sqlite:PATH, or postgresql://USER:PASSWORD@HOST/NAME as a role that owns "
                    "nothing, so that row-level security holds for it",
         .set_by_image = true},
        {.name = "MIGRATION_DATABASE_URL",
         .meaning = "PostgreSQL: the same database, as the role that owns the tables, for migrate and serve --migrate; "
                    "without it DATABASE_URL"},
        {.name = "DATABASE_CONNECTIONS",
         .what = form::whole,
         .usual = "24",
         .meaning = "PostgreSQL: shared evenly by the event loops of a process, each of which has 5 at least",
         .min = 5,
         .max = 10000},
        {.name = "DATABASE_POOLER",
         .what = form::flag,
         .usual = "false",
         .meaning = "true behind a pooler in transaction mode, such as pgbouncer"},
        {.name = "MAX_PAGE_BYTES",
         .what = form::whole,
         .usual = "1048576",
         .meaning = "a list's page ends before it takes more, but holds one record at least",
         .min = 1024,
         .max = 4 * 1024 * 1024},
        {.name = "LIST_TIMEOUT",
         .what = form::time,
         .usual = "3s",
         .meaning = "how long the database may work on one list"},
    };
}

}  // namespace

feature::declaration declared() {
    return {.name = "database", .settings = settings()};
}

}  // namespace tenon::features::database
