// Runs numbered migrations, each in a transaction unless it asks for none, and remembers them with their checksums.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/db/migration.hpp>

namespace tenon::db {

struct migration_state {
    std::string name;
    bool applied = false;
    bool changed = false;  ///< Applied, but with another text than this program carries.
    bool unknown = false;  ///< Applied by a newer program; this one does not carry it.
};

/// Blocking; for the command line and for tests. `url`: sqlite:PATH or postgresql://…; the books are kept in a table
/// `schema_migrations`. Processes that migrate one database at the same time wait for each other.
/// Refuses (errc::conflict) when an applied migration's text has changed. Returns the names that were run.
/// `serving_url` is how the service comes to the same PostgreSQL, if that is another role: at the end, and each time
/// anew, that role gets what it needs to read and write rows, and loses what goes beyond; of `schema_migrations` it
/// may only read.
result<std::vector<std::string>> migrate_up(std::string_view url, std::span<const migration> migrations,
                                            std::string_view serving_url = {});
/// Takes back the last `steps`; refuses a migration declared irreversible.
result<std::vector<std::string>> migrate_down(std::string_view url, std::span<const migration> migrations,
                                              std::size_t steps);
/// Makes nothing: of a SQLite file that is not there, everything is still to be applied.
result<std::vector<migration_state>> migration_status(std::string_view url, std::span<const migration> migrations);

}  // namespace tenon::db
