// Deletions for good. Foreign keys would cascade and, in the end, refuse; what they cannot do is done before: who is in
// the bin, which rows have changed, how deep it goes, and what to say.
#include <tenon/records/deletion.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "records/doomed.hpp"
#include "records/refusals.hpp"
#include "records/sql.hpp"

namespace tenon::records {
namespace {

task<result<void>> check_blocking(db::tenant_transaction& open, record what, access::viewer who,
                                  const doomed_rows& doomed) {
    const taken_ids taken = [&doomed](kind_number of) { return doomed.ids(of); };
    const std::string text = blocking_rows(what.all, doomed.kinds(), taken, deletion::for_good, doomed.with());
    if (text.empty()) co_return result<void>();
    auto parameters = db::args(what.id, who.user());
    CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
    co_return check_nothing_blocks(what, found, who);
}

/// The refs by `r` that lose what they name; also of rows that go, so that they can go one after another. The record
/// itself stays as its version is known.
task<result<void>> empty_refs(db::tenant_transaction& open, record what, const doomed_rows& doomed,
                              const reference& r) {
    const kind& of = what.all.kinds[r.from];
    std::string where = quoted(r.column) + " IN (" + doomed.ids(r.to) + ")";
    if (r.rule == on_delete::restrict_) where += and_also(is_in_bin);
    if (r.from == what.kind) where += R"( AND "id" <> $2)";
    const std::string text = doomed.with() + change(of, quoted(r.column) + " = NULL", "$3", where);
    auto parameters = db::args(what.id, instant::now());
    CO_TRY(co_await db::tenant_access::query(open, text, std::move(parameters)));
    co_return result<void>();
}

std::string delete_doomed(const record& what, const doomed_rows& doomed, kind_number of) {
    return "DELETE FROM " + quoted(what.all.kinds[of].table) + " WHERE " + std::string(of_tenant) + " AND \"id\" IN (" +
           doomed.ids(of) + ")";
}

/// PostgreSQL looks at keys after each step of a cascade; all of a statement's own deletions come before any look.
std::string delete_at_once(const record& what, const doomed_rows& doomed) {
    std::string out = doomed.with();
    if (out.empty()) return out;
    for (const kind_number of : doomed.kinds()) {
        out += ", " + quoted("go " + std::to_string(of)) + " AS (" + delete_doomed(what, doomed, of);
        if (of == what.kind) out += R"( AND "id" <> $2)";
        out += ")";
    }
    return out + "\n";
}

/// SQLite follows a cascade through 1,000 levels and no further. Rows go kind by kind, so that nothing is left for it
/// to follow; refs against that order, such as a tree's, are emptied before.
task<result<void>> delete_kind_by_kind(db::tenant_transaction& open, record what, const doomed_rows& doomed) {
    const std::vector<kind_number> order = order_of_deletion(what.all, doomed.kinds());
    const auto place = [&order](kind_number of) { return std::find(order.begin(), order.end(), of); };
    for (const reference& r : what.all.references) {
        if (!r.optional || !is_among(order, r.from) || !is_among(order, r.to) || place(r.from) < place(r.to)) continue;
        const std::string text = "UPDATE " + quoted(what.all.kinds[r.from].table) + " SET " + quoted(r.column) +
                                 " = NULL WHERE " + std::string(of_tenant) + " AND \"id\" IN (" + doomed.ids(r.from) +
                                 ") AND " + quoted(r.column) + " IS NOT NULL";
        auto none = db::args();
        CO_TRY(co_await db::tenant_access::query(open, text, std::move(none)));
    }
    for (const kind_number of : order) {
        const std::string text = delete_doomed(what, doomed, of);
        auto none = db::args();
        CO_TRY(co_await db::tenant_access::query(open, text, std::move(none)));
    }
    co_return result<void>();
}

task<result<void>> prepare(db::tenant_transaction& open, record what, access::viewer who, doomed_rows& doomed) {
    CO_TRY(co_await doomed.collect(open));
    CO_TRY(co_await check_blocking(open, what, who, doomed));
    for (const reference& r : what.all.references) {
        const bool emptied = r.rule == on_delete::set_null ||
                             (r.rule == on_delete::restrict_ && r.optional && what.all.kinds[r.from].bin);
        if (emptied && is_among(doomed.kinds(), r.to)) CO_TRY(co_await empty_refs(open, what, doomed, r));
    }
    co_return result<void>();
}

/// Keys refuse what refers to a record since it was looked.
error refused(const record& what, error why) {
    return why.kind == "reference" ? blocked_by_something(what) : why;
}

/// The record and all that goes with it; the number of records that fulfil `where`, 0 or 1.
task<result<std::int64_t>> delete_all(db::tenant_transaction& open, record what, const doomed_rows& doomed,
                                      std::string where, db::values parameters) {
    where = R"("id" = $2 AND )" + where;
    if (!doomed.only_the_record() && doomed.with().empty()) {
        const std::string text = ids_where(what.all.kinds[what.kind], where);
        CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
        if (found.empty()) co_return std::int64_t(0);
        auto done = co_await delete_kind_by_kind(open, what, doomed);
        if (!done) co_return unexpected(refused(what, std::move(done).error()));
        co_return std::int64_t(1);
    }
    const std::string text = delete_at_once(what, doomed) + "DELETE FROM " + quoted(what.all.kinds[what.kind].table) +
                             " WHERE " + std::string(of_tenant) + and_also(where);
    auto gone = co_await db::tenant_access::query(open, text, std::move(parameters));
    if (!gone) co_return unexpected(refused(what, std::move(gone).error()));
    co_return gone->affected();
}

}  // namespace

task<result<void>> erase(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who) {
    doomed_rows doomed(open, what);
    CO_TRY(co_await prepare(open, what, who, doomed));
    std::string where = "\"version\" = $3";
    auto parameters = db::args(what.id, version);
    CO_TRY_ASSIGN(const std::int64_t gone,
                  co_await delete_all(open, what, doomed, std::move(where), std::move(parameters)));
    if (gone > 0) co_return result<void>();
    const std::string_view singular = what.all.kinds[what.kind].singular;
    co_return error(errc::precondition_failed, "The " + std::string(singular) + " has been changed in the meantime.");
}

task<result<void>> purge(db::tenant_transaction& open, record what, access::viewer who) {
    doomed_rows doomed(open, what);
    CO_TRY(co_await prepare(open, what, who, doomed));
    auto parameters = db::args(what.id);
    std::string where(is_in_bin);
    CO_TRY_ASSIGN(const std::int64_t gone,
                  co_await delete_all(open, what, doomed, std::move(where), std::move(parameters)));
    if (gone > 0) co_return result<void>();
    co_return error(errc::not_found, "There is nothing under this id.");
}

}  // namespace tenon::records
