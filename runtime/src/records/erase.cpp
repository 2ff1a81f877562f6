// Deletions for good. Foreign keys would cascade and, in the end, refuse; what they cannot do is done before: who is in
// the bin, which rows have changed, and what to say.
#include <tenon/records/deletion.hpp>

#include <string>
#include <utility>

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
    std::string out = "DELETE FROM " + quoted(what.all.kinds[of].table) + " WHERE " + std::string(of_tenant) +
                      " AND \"id\" IN (" + doomed.ids(of) + ")";
    if (of == what.kind) out += R"( AND "id" <> $2)";
    return out;
}

/// SQLite looks at keys when a statement ends with all that it cascades to; there only what goes without a cascade has
/// to go before.
task<result<void>> delete_from_bin(db::tenant_transaction& open, record what, const doomed_rows& doomed) {
    for (const kind_number of : doomed.kinds()) {
        bool restricts = false;
        for (const reference& r : what.all.references)
            restricts = restricts || (r.from == of && is_among(doomed.kinds(), r.to) && only_from_bin(what.all, r));
        if (!restricts) continue;
        const std::string text = doomed.with() + delete_doomed(what, doomed, of) + and_also(is_in_bin);
        auto parameters = db::args(what.id);
        CO_TRY(co_await db::tenant_access::query(open, text, std::move(parameters)));
    }
    co_return result<void>();
}

/// PostgreSQL looks at keys after each step of a cascade; all of a statement's own deletions come before any look.
std::string delete_at_once(const record& what, const doomed_rows& doomed) {
    std::string out = doomed.with();
    if (out.empty()) return out;
    for (const kind_number of : doomed.kinds())
        out += ", " + quoted("go " + std::to_string(of)) + " AS (" + delete_doomed(what, doomed, of) + ")";
    return out + "\n";
}

task<result<void>> prepare(db::tenant_transaction& open, record what, access::viewer who) {
    const doomed_rows doomed(what);
    CO_TRY(co_await check_blocking(open, what, who, doomed));
    for (const reference& r : what.all.references) {
        const bool emptied = r.rule == on_delete::set_null ||
                             (r.rule == on_delete::restrict_ && r.optional && what.all.kinds[r.from].bin);
        if (emptied && is_among(doomed.kinds(), r.to)) CO_TRY(co_await empty_refs(open, what, doomed, r));
    }
    co_return result<void>();
}

/// The record and all that goes with it; the number of rows that `where` let go, 0 or 1.
task<result<std::int64_t>> delete_all(db::tenant_transaction& open, record what, std::string where,
                                      db::values parameters) {
    const doomed_rows doomed(what);
    const bool at_once = db::tenant_access::dialect(open) == "postgres";
    if (!at_once) CO_TRY(co_await delete_from_bin(open, what, doomed));
    const std::string text = (at_once ? delete_at_once(what, doomed) : std::string()) + "DELETE FROM " +
                             quoted(what.all.kinds[what.kind].table) + " WHERE " + std::string(of_tenant) +
                             " AND \"id\" = $2 AND " + where;
    auto gone = co_await db::tenant_access::query(open, text, std::move(parameters));
    if (gone) co_return gone->affected();
    // Somebody has referred to it since it was looked.
    if (gone.error().kind == "reference") co_return blocked_by_something(what);
    co_return unexpected(std::move(gone).error());
}

}  // namespace

task<result<void>> erase(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who) {
    CO_TRY(co_await prepare(open, what, who));
    std::string where = "\"version\" = $3";
    auto parameters = db::args(what.id, version);
    CO_TRY_ASSIGN(const std::int64_t gone, co_await delete_all(open, what, std::move(where), std::move(parameters)));
    if (gone > 0) co_return result<void>();
    const std::string_view singular = what.all.kinds[what.kind].singular;
    co_return error(errc::precondition_failed, "The " + std::string(singular) + " has been changed in the meantime.");
}

task<result<void>> purge(db::tenant_transaction& open, record what, access::viewer who) {
    CO_TRY(co_await prepare(open, what, who));
    auto parameters = db::args(what.id);
    std::string where(is_in_bin);
    CO_TRY_ASSIGN(const std::int64_t gone, co_await delete_all(open, what, std::move(where), std::move(parameters)));
    if (gone > 0) co_return result<void>();
    co_return error(errc::not_found, "There is no such " + std::string(what.all.kinds[what.kind].singular) + ".");
}

}  // namespace tenon::records
