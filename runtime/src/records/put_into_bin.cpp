// Soft deletions. What goes along is marked level by level: each level is found by rows that are marked, and so locked,
// already; nobody can refer to them anew, and a row that moves away meanwhile is judged as it is then.
#include <tenon/records/deletion.hpp>

#include <string>
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

/// The rows that one level has taken, by their kinds.
struct level {
    explicit level(std::size_t kinds) : count(kinds), ids(kinds) {}

    void add(kind_number of, const db::rows& found) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (++count[of] > most_kept) return;
            ids[of] += (ids[of].empty() ? "\"" : ",\"") + found[i].get<uuid>(0).to_string() + "\"";
        }
    }
    bool is_kept(kind_number of) const { return count[of] <= most_kept; }

    /// Beyond, the next level is looked for behind everything taken so far, which takes longer and no memory.
    static constexpr std::size_t most_kept = 10'000;
    std::vector<std::size_t> count;
    std::vector<std::string> ids;  ///< "…","…"
};

/// Without the ids of the last level, which are $4, a chain of many levels would cost the square of them.
std::string mark_next(const db::tenant_transaction& open, const record& what, const reference& r, const level& last) {
    const kind& of = what.all.kinds[r.from];
    const bool is_sqlite = db::tenant_access::dialect(open) == "sqlite";
    std::string targets = is_sqlite ? "SELECT value FROM json_each($4)"
                                    : "SELECT value::uuid FROM json_array_elements_text($4::text::json)";
    if (!last.is_kept(r.to)) targets = taken_by(what, r.to, "$3") + " AND $4 = ''";
    const std::string refers = quoted(r.column) + " IN (" + targets + ")" + and_also(is_live);
    const std::string found = ids_where(of, refers) + std::string(locking(open, " FOR UPDATE"));
    return change(of, R"("deleted_at" = $3, "deleted_with" = $2)", "$3", R"("id" IN ()" + found + ")") +
           R"( RETURNING "id")";
}

task<result<void>> mark_what_goes_along(db::tenant_transaction& open, record what, instant now) {
    level last(what.all.kinds.size());
    last.count[what.kind] = 1;
    last.ids[what.kind] = "\"" + what.id.to_string() + "\"";
    for (bool more = true; more;) {
        more = false;
        level next(what.all.kinds.size());
        for (const reference& r : what.all.references) {
            if (last.count[r.to] == 0 || !takes_along(what.all, r, deletion::soft)) continue;
            const std::string text = mark_next(open, what, r, last);
            const std::string ids = last.is_kept(r.to) ? "[" + last.ids[r.to] + "]" : std::string();
            auto parameters = db::args(what.id, now, ids);
            CO_TRY_ASSIGN(const db::rows gone, co_await db::tenant_access::query(open, text, std::move(parameters)));
            next.add(r.from, gone);
            more = more || !gone.empty();
        }
        last = std::move(next);
    }
    co_return result<void>();
}

}  // namespace

task<result<void>> put_into_bin(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who) {
    const instant now = instant::now();
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
