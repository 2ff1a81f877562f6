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

std::string mark_next(const db::tenant_transaction& open, const record& what, const reference& r) {
    const kind& of = what.all.kinds[r.from];
    const std::string refers = quoted(r.column) + " IN (" + taken_by(what, r.to, "$3") + ")" + and_also(is_live);
    const std::string found = ids_where(of, refers) + std::string(locking(open, " FOR UPDATE"));
    return change(of, R"("deleted_at" = $3, "deleted_with" = $2)", "$3", R"("id" IN ()" + found + ")");
}

task<result<void>> mark_what_goes_along(db::tenant_transaction& open, record what, instant now) {
    std::vector<bool> fresh(what.all.kinds.size(), false);
    fresh[what.kind] = true;
    for (bool more = true; more;) {
        more = false;
        std::vector<bool> next(what.all.kinds.size(), false);
        for (const reference& r : what.all.references) {
            if (!fresh[r.to] || !takes_along(what.all, r, deletion::soft)) continue;
            const std::string text = mark_next(open, what, r);
            auto parameters = db::args(what.id, now);
            CO_TRY_ASSIGN(const db::rows gone, co_await db::tenant_access::query(open, text, std::move(parameters)));
            if (gone.affected() > 0) more = next[r.from] = true;
        }
        fresh = std::move(next);
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
