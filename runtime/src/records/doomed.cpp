// PostgreSQL asks a recursive query, in each statement anew: once all of its rows are locked, it always finds the same.
// SQLite joins 64 tables at most and computes such a query anew for each mention; and what has been emptied or deleted
// can no longer be found. So there the rows are found once, level by level.
#include "records/doomed.hpp"

#include "records/sql.hpp"

namespace tenon::records {
namespace {

/// No entity's table has a space in its name.
constexpr std::string_view kept = R"(temp."doomed rows")";

std::string number(std::size_t n) {
    return std::to_string(n);
}

/// `SELECT 3 AS kind, "id" FROM "tasks" WHERE …`: the rows that name a found one by the reference.
std::string found_by(const graph& all, const reference& r) {
    std::string out = "SELECT " + number(r.from) + R"( AS kind, "id" FROM )" + quoted(all.kinds[r.from].table) +
                      " WHERE " + std::string(of_tenant) + " AND doomed.kind = " + number(r.to) + " AND " +
                      quoted(r.column) + " = doomed.id";
    if (only_from_bin(all, r)) out += and_also(is_in_bin);
    return out;
}

std::string recursive_query(const record& what, const std::vector<reference>& ways) {
    std::string arms;
    for (const reference& r : ways) arms += (arms.empty() ? "" : "\nUNION ALL ") + found_by(what.all, r);
    return "WITH RECURSIVE doomed(kind, id) AS (SELECT " + number(what.kind) + R"(, "id" FROM )" +
           quoted(what.all.kinds[what.kind].table) + " WHERE " + std::string(of_tenant) +
           " AND \"id\" = $2\nUNION\nSELECT found.kind, found.id FROM doomed CROSS JOIN LATERAL (" + arms +
           ") AS found)\n";
}

task<result<void>> empty_table(db::tenant_transaction& open) {
    const std::string make = "CREATE TABLE IF NOT EXISTS " + std::string(kept) +
                             " (kind INTEGER NOT NULL, id TEXT NOT NULL, level INTEGER NOT NULL, "
                             "PRIMARY KEY (kind, id)) WITHOUT ROWID";
    CO_TRY(co_await db::tenant_access::query_without_tenant(open, make));
    const std::string by_level = R"(CREATE INDEX IF NOT EXISTS temp."doomed rows by level" ON "doomed rows" )"
                                 "(kind, level)";
    CO_TRY(co_await db::tenant_access::query_without_tenant(open, by_level));
    const std::string clear = "DELETE FROM " + std::string(kept);
    CO_TRY(co_await db::tenant_access::query_without_tenant(open, clear));
    co_return result<void>();
}

}  // namespace

doomed_rows::doomed_rows(const db::tenant_transaction& open, const record& what)
    : what_(what),
      is_kept_(db::tenant_access::dialect(open) == "sqlite"),
      kinds_(reach(what.all, what.kind, deletion::for_good)) {
    for (const reference& r : what.all.references) {
        if (is_among(kinds_, r.to) && takes_along(what.all, r, deletion::for_good)) ways_.push_back(r);
    }
    if (!is_kept_ && !ways_.empty()) with_ = recursive_query(what, ways_);
}

task<result<void>> doomed_rows::collect(db::tenant_transaction& open) {
    if (ways_.empty()) co_return result<void>();
    if (!is_kept_) co_return co_await hold(open);
    CO_TRY(co_await empty_table(open));
    const kind& root = what_.all.kinds[what_.kind];
    const std::string first = "INSERT INTO " + std::string(kept) + " SELECT " + number(what_.kind) +
                              R"(, "id", 0 FROM )" + quoted(root.table) + " WHERE " + std::string(of_tenant) +
                              R"( AND "id" = $2)";
    auto parameters = db::args(what_.id);
    CO_TRY(co_await db::tenant_access::query(open, first, std::move(parameters)));
    std::vector<bool> fresh(what_.all.kinds.size(), false);
    fresh[what_.kind] = true;
    bool more = true;
    for (std::int64_t level = 1; more; ++level) {
        more = false;
        std::vector<bool> next(what_.all.kinds.size(), false);
        for (const reference& r : ways_) {
            if (!fresh[r.to]) continue;
            CO_TRY_ASSIGN(const std::int64_t found, co_await collect_next(open, r, level));
            if (found > 0) more = next[r.from] = true;
        }
        fresh = std::move(next);
    }
    co_return result<void>();
}

/// Locks them until nobody else can add to them or take from them. Whoever moved a row, or brought one back, while its
/// lock was waited for has changed which ones they are: then they are looked for again.
task<result<void>> doomed_rows::hold(db::tenant_transaction& open) {
    CO_TRY(co_await plan_for_any_tenant(open));
    std::string parts, all;
    for (const kind_number of : kinds_) {
        const std::string name = quoted("held " + number(of));
        parts += ", " + name + R"( AS (SELECT one."id" FROM doomed CROSS JOIN LATERAL ()" +
                 ids_where(what_.all.kinds[of], R"("id" = doomed.id FOR UPDATE)") +
                 ") AS one WHERE doomed.kind = " + number(of) + ")";
        all += (all.empty() ? "SELECT id FROM " : " UNION ALL SELECT id FROM ") + name;
    }
    // Their number and the sum of their hashes: two that differ have not the same rows.
    const std::string text = with_ + parts +
                             "\nSELECT count(*), coalesce(sum(uuid_hash_extended(id, 0)), 0)::text FROM (" + all +
                             ") AS held";
    std::string before;
    for (bool settled = false; !settled;) {
        auto parameters = db::args(what_.id);
        CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
        std::string now = std::to_string(found[0].get<std::int64_t>(0)) + " " + found[0].get<std::string>(1);
        settled = now == before;
        before = std::move(now);
    }
    co_return result<void>();
}

/// The number of rows that name one of the level before by `r` and are new.
task<result<std::int64_t>> doomed_rows::collect_next(db::tenant_transaction& open, const reference& r,
                                                     std::int64_t level) {
    std::string text = "INSERT OR IGNORE INTO " + std::string(kept) + " SELECT " + number(r.from) +
                       R"(, r."id", $2 FROM )" + std::string(kept) + " AS d CROSS JOIN " +
                       quoted(what_.all.kinds[r.from].table) + " AS r ON r." + std::string(of_tenant) + " AND r." +
                       quoted(r.column) + " = d.id WHERE d.kind = " + number(r.to) + " AND d.level = $2 - 1";
    if (only_from_bin(what_.all, r)) text += " AND r." + std::string(is_in_bin);
    auto parameters = db::args(level);
    CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
    co_return found.affected();
}

std::string doomed_rows::ids(kind_number of) const {
    if (ways_.empty()) return "$2";
    if (is_kept_) return "SELECT id FROM " + std::string(kept) + " WHERE kind = " + number(of);
    return "SELECT doomed.id FROM doomed WHERE doomed.kind = " + number(of);
}

}  // namespace tenon::records
