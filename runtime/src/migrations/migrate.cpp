// The migration runner: what a history may look like, whichever database keeps it.
#include "migrations/migrate.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "migrations/database.hpp"
#include "migrations/header.hpp"
#include "postgres/grants.hpp"
#include "postgres/url.hpp"

namespace tenon::db {
namespace {

using migrations = std::span<const migration>;

result<std::unique_ptr<migration_database>> open_database(std::string_view url, migration_purpose purpose) {
    if (is_postgres_url(url)) return open_postgres_migrations(url, purpose);
    return open_sqlite_migrations(url, purpose);
}

std::vector<migration_state> states(const applied_migrations& done, migrations known) {
    std::vector<migration_state> out;
    for (const migration& each : known) {
        migration_state state;
        state.name = each.name;
        const auto found = done.find(each.name);
        state.applied = found != done.end();
        state.changed = state.applied && found->second != checksum_of(each);
        out.push_back(state);
    }
    for (const auto& [name, checksum] : done) {
        const auto is_it = [&name = name](const auto& each) { return each.name == name; };
        const bool carried = std::any_of(known.begin(), known.end(), is_it);
        if (carried) continue;
        migration_state state;
        state.name = name;
        state.applied = state.unknown = true;
        out.push_back(state);
    }
    return out;
}

/// Refuses histories that this program cannot continue.
result<void> check_history(const std::vector<migration_state>& all) {
    bool gap = false;
    for (const migration_state& each : all) {
        if (each.changed)
            return error(errc::conflict, "Migration " + each.name +
                                             " was applied with another text than this program "
                                             "carries; applied migrations must never change.");
        if (each.applied && gap && each.unknown)
            return error(errc::conflict, "The database has migration " + each.name +
                                             ", which this program does not "
                                             "know, while others of this program are missing.");
        if (each.applied && gap)
            return error(errc::conflict, "Migration " + each.name + " was applied before an earlier one.");
        gap = gap || !each.applied;
    }
    return {};
}

error named(std::string_view name, error failed) {
    failed.message = std::string(name) + ": " + failed.message;
    return failed;
}

/// A down without any text is none either.
result<void> refuse_irreversible(std::string_view name, std::string_view down) {
    const migration_header header = read_header(down);
    const bool no_text = down.find_first_not_of(" \t\r\n") == down.npos;
    if (!header.irreversible && !no_text) return {};
    const std::string why = header.irreversible.value_or("");
    return error(errc::conflict, "Migration " + std::string(name) + " cannot be taken back" +
                                     (why.empty() ? "." : ": it " + why + "."));
}

/// The last migration of a history that is not empty, when this program may take it back.
result<const migration*> last_of(const applied_migrations& done, migrations all) {
    const auto& [last, checksum] = *done.rbegin();
    const auto is_it = [&last = last](const auto& each) { return each.name == last; };
    const auto found = std::find_if(all.begin(), all.end(), is_it);
    if (found == all.end())
        return error(errc::conflict, "The last migration, " + last + ", is not one that this program knows.");
    if (checksum != checksum_of(*found))
        return error(errc::conflict, "Migration " + last + " was applied with another text than this program carries.");
    TRY(refuse_irreversible(last, found->down));
    return &*found;
}

}  // namespace

std::string checksum_of(const migration& migration) {
    return crypto::sha256_hex(migration.up);
}

result<std::vector<std::string>> migrate_up(std::string_view url, migrations all, std::string_view serving_url) {
    // Asked first: a serving role that cannot be known is better found out before anything changes.
    std::string role;
    if (is_postgres_url(url) && !serving_url.empty() && serving_url != url) {
        TRY_ASSIGN(role, role_of(serving_url));
    }
    TRY_ASSIGN(const auto database, open_database(url, migration_purpose::changing));
    TRY_ASSIGN(const applied_migrations done, database->applied());
    TRY(check_history(states(done, all)));
    std::vector<std::string> out;
    for (const migration& each : all) {
        if (done.contains(each.name)) continue;
        const result<bool> ran = database->apply(each);
        if (!ran) return named(each.name, ran.error());
        if (*ran) out.emplace_back(each.name);
    }
    if (!role.empty()) TRY(database->let_serve(role));
    return out;
}

result<std::vector<std::string>> migrate_down(std::string_view url, migrations all, std::size_t steps) {
    // A database that has nothing to take back, or is not there, is not made for that.
    TRY_ASSIGN(const auto before, migration_status(url, all));
    const bool is_empty = std::none_of(before.begin(), before.end(), [](const auto& each) { return each.applied; });
    if (is_empty) return std::vector<std::string>();
    TRY_ASSIGN(const auto database, open_database(url, migration_purpose::changing));
    std::vector<std::string> out;
    while (out.size() < steps) {
        TRY_ASSIGN(const applied_migrations done, database->applied());
        if (done.empty()) break;
        TRY_ASSIGN(const migration* const last, last_of(done, all));
        const result<bool> ran = database->take_back(*last);
        if (!ran) return named(last->name, ran.error());
        if (*ran) out.emplace_back(last->name);
    }
    return out;
}

result<std::vector<migration_state>> migration_status(std::string_view url, migrations all) {
    TRY_ASSIGN(const auto database, open_database(url, migration_purpose::looking));
    TRY_ASSIGN(const applied_migrations done, database->applied());
    return states(done, all);
}

}  // namespace tenon::db
