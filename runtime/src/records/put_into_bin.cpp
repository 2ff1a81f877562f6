// Soft deletions. What goes along is marked level by level: each level is found by rows that are marked, and so locked,
// already; nobody can refer to them anew, and a row that moves away meanwhile is judged as it is then.
#include <tenon/records/deletion.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "records/refusals.hpp"
#include "records/sql.hpp"

namespace tenon::records {
namespace {

/// The rows of a kind that this deletion has taken: $2 is the record, `now` the time.
std::string taken_by(const record& what, kind_number of, const std::string& now) {
    const kind& k = what.all.kinds[of];
    std::string whose = R"("deleted_with" = $2)";
    if (of == what.kind) whose = k.goes_along ? R"(("id" = $2 OR "deleted_with" = $2))" : R"("id" = $2)";
    return ids_where(k, whose + R"( AND "deleted_at" = )" + now);
}

task<result<void>> mark(db::tenant_transaction& open, record what, std::int64_t version, instant now) {
    const kind& of = what.all.kinds[what.kind];
    // An update alone would let others refer to the row meanwhile.
    const std::string live = ids_where(of, R"("id" = $2 AND "version" = $3 AND "deleted_at" IS NULL)");
    const std::string locked = R"("id" = ()" + live + std::string(locking(open, " FOR UPDATE")) + ")";
    const std::string text = change(of, R"("deleted_at" = $4)", "$4", locked);
    auto parameters = db::args(what.id, version, now);
    CO_TRY_ASSIGN(const db::rows written, co_await db::tenant_access::query(open, text, std::move(parameters)));
    if (written.affected() > 0) co_return result<void>();
    co_return error(errc::precondition_failed,
                    "The " + std::string(of.singular) + " has been changed in the meantime.");
}

bool is_referred_to(const record& what) {
    const auto& all = what.all.references;
    return std::any_of(all.begin(), all.end(), [&](const reference& r) { return r.to == what.kind; });
}

/// How many rows are looked at in one step: a step's ids are in memory.
constexpr std::size_t most_at_once = 10'000;

/// `["…","…"]`
std::string list_of(const std::string& ids) {
    return "[" + ids + "]";
}

/// The rows that one level has taken, by their kinds.
struct level {
    explicit level(std::size_t kinds) : count(kinds), ids(kinds) {}

    /// `more` are ids in quotes, with commas between them.
    void add(kind_number of, std::size_t rows, const std::string& more) {
        count[of] += rows;
        if (is_kept(of)) ids[of] += (ids[of].empty() ? "" : ",") + more;
    }
    /// Beyond, the next level is looked for behind everything taken so far, which takes longer and no memory.
    bool is_kept(kind_number of) const { return count[of] <= most_at_once; }

    std::vector<std::size_t> count;
    std::vector<std::string> ids;
};

std::string ids_in(const db::rows& found) {
    std::string out;
    for (std::size_t i = 0; i < found.size(); ++i)
        out.append(out.empty() ? "\"" : ",\"").append(found[i].get<uuid>(0).to_string()).append("\"");
    return out;
}

/// The live rows that name one of the last level by `r`, the first of them. Without the ids of that level, which are
/// $2, a chain of many levels would cost the square of them. Row by row, so that PostgreSQL has no choice but the
/// index.
std::string find_next(const db::tenant_transaction& open, const record& what, const reference& r, bool by_ids) {
    const kind& of = what.all.kinds[r.from];
    const std::string at_most = " LIMIT " + std::to_string(most_at_once);
    const std::string_view lock = locking(open, " FOR UPDATE");
    if (!by_ids || lock.empty()) {
        const std::string targets = by_ids ? "SELECT value FROM json_each($2)" : taken_by(what, r.to, "$3");
        const std::string refers = quoted(r.column) + " IN (" + targets + ")" + and_also(is_live);
        return ids_where(of, refers) + at_most + std::string(lock);
    }
    const std::string refers = quoted(r.column) + " = named.id::uuid" + and_also(is_live);
    return R"(SELECT found."id" FROM json_array_elements_text($2::text::json) AS named (id) CROSS JOIN LATERAL ()" +
           ids_where(of, refers) + std::string(lock) + ") AS found" + at_most;
}

/// They are locked, and so are still as they were found.
std::string mark_found(const db::tenant_transaction& open, const kind& of) {
    const bool is_sqlite = db::tenant_access::dialect(open) == "sqlite";
    const std::string ids = is_sqlite
                                ? " IN (SELECT value FROM json_each($4))"
                                : " = ANY (ARRAY(SELECT value::uuid FROM json_array_elements_text($4::text::json)))";
    return change(of, R"("deleted_at" = $3, "deleted_with" = $2)", "$3", R"("id")" + ids);
}

/// Takes along what names one of the `last` level by `r`, and adds it to `next`.
task<result<void>> take_next(db::tenant_transaction& open, record what, instant now, const reference& r,
                             const level& last, level& next) {
    const bool by_ids = last.is_kept(r.to);
    const std::string find = find_next(open, what, r, by_ids);
    const std::string take = mark_found(open, what.all.kinds[r.from]);
    for (bool more = true; more;) {
        auto where = by_ids ? db::args(list_of(last.ids[r.to])) : db::args(what.id, now);
        CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, find, std::move(where)));
        more = found.size() == most_at_once;
        if (found.empty()) break;
        const std::string ids = ids_in(found);
        auto parameters = db::args(what.id, now, list_of(ids));
        CO_TRY(co_await db::tenant_access::query(open, take, std::move(parameters)));
        next.add(r.from, found.size(), ids);
    }
    co_return result<void>();
}

task<result<void>> mark_what_goes_along(db::tenant_transaction& open, record what, instant now) {
    level last(what.all.kinds.size());
    last.add(what.kind, 1, "\"" + what.id.to_string() + "\"");
    for (bool more = true; more;) {
        more = false;
        level next(what.all.kinds.size());
        for (const reference& r : what.all.references) {
            if (last.count[r.to] == 0 || !takes_along(what.all, r, deletion::soft)) continue;
            CO_TRY(co_await take_next(open, what, now, r, last, next));
            more = more || next.count[r.from] > 0;
        }
        last = std::move(next);
    }
    co_return result<void>();
}

}  // namespace

task<result<void>> put_into_bin(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who) {
    const instant now = instant::now();
    if (is_referred_to(what)) CO_TRY(co_await plan_for_any_tenant(open));
    CO_TRY(co_await mark(open, what, version, now));
    CO_TRY(co_await mark_what_goes_along(open, what, now));

    const std::vector<kind_number> reached = reach(what.all, what.kind, deletion::soft);
    for (const reference& r : what.all.references) {
        if (r.rule != on_delete::set_null || !is_among(reached, r.to)) continue;
        const kind& of = what.all.kinds[r.from];
        const std::string refers = quoted(r.column) + " IN (" + taken_by(what, r.to, "$3") + ")";
        const std::string text =
            change(of, quoted(r.column) + " = NULL", "$3", refers + and_also(of.bin ? is_live : ""));
        auto parameters = db::args(what.id, now);
        CO_TRY(co_await db::tenant_access::query(open, text, std::move(parameters)));
    }

    const taken_ids taken = [&what](kind_number of) { return taken_by(what, of, "$4"); };
    const std::string text = blocking_rows(what.all, reached, taken, deletion::soft);
    if (text.empty()) co_return result<void>();
    auto parameters = db::args(what.id, who.user(), now);
    CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
    co_return check_nothing_blocks(what, found, who);
}

}  // namespace tenon::records
