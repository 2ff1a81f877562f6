// Out of the bin: everything that one deletion has put there, provided that all of it may be live.
#include <tenon/records/deletion.hpp>

#include <string>
#include <vector>

#include "records/reach.hpp"
#include "records/sql.hpp"

namespace tenon::records {
namespace {

/// Which rows of a kind went into the bin with the record $2, at $3.
std::string went_along(const record& what, kind_number of) {
    if (of != what.kind) return R"("deleted_at" = $3 AND "deleted_with" = $2)";
    const bool more = what.all.kinds[of].goes_along;
    return more ? R"("deleted_at" = $3 AND ("id" = $2 OR "deleted_with" = $2))" : R"("id" = $2 AND "deleted_at" = $3)";
}

class restoring {
  public:
    restoring(db::tenant_transaction& open, record what, access::viewer who)
        : open_(open), what_(what), who_(who), kinds_(reach(what.all, what.kind, deletion::soft)) {}

    task<result<void>> run() {
        CO_TRY(co_await plan_for_any_tenant(open_));
        CO_TRY(co_await find());
        for (const reference& r : what_.all.references) {
            if (!is_among(kinds_, r.from) || !what_.all.kinds[r.to].bin) continue;
            CO_TRY(co_await hold_targets(r));
            if (r.rule == on_delete::set_null)
                CO_TRY(co_await empty_refs(r));
            else
                CO_TRY(co_await check_targets(r));
        }
        for (const kind_number of : kinds_) CO_TRY(co_await bring_back(of));
        co_return result<void>();
    }

  private:
    task<result<void>> find() {
        const kind& of = what_.all.kinds[what_.kind];
        const std::string text = R"(SELECT "deleted_at" FROM )" + quoted(of.table) + " WHERE " +
                                 std::string(of_tenant) + R"( AND "id" = $2 AND "deleted_at" IS NOT NULL FOR UPDATE)";
        auto parameters = db::args(what_.id);
        CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open_, text, std::move(parameters)));
        if (found.empty()) co_return error(errc::not_found, "There is nothing under this id.");
        found[0].read(0, since_);
        co_return result<void>();
    }

    task<result<db::rows>> ask(std::string text) {
        auto parameters = db::args(what_.id, since_);
        co_return co_await db::tenant_access::query(open_, text, std::move(parameters));
    }

    /// What comes back keeps what it names from being deleted until then.
    task<result<void>> hold_targets(const reference& r) {
        const std::string_view lock = locking(open_, " FOR KEY SHARE");
        if (lock.empty()) co_return result<void>();
        // One by one, so that PostgreSQL has no choice but the index.
        std::string text = "SELECT count(*) FROM (SELECT DISTINCT " + quoted(r.column) + " AS id FROM " + naming(r) +
                           ") AS named CROSS JOIN LATERAL (SELECT 1 FROM " + quoted(what_.all.kinds[r.to].table) +
                           " WHERE " + std::string(of_tenant) + R"( AND "id" = named.id)" + std::string(lock) +
                           ") AS held";
        CO_TRY(co_await ask(std::move(text)));
        co_return result<void>();
    }

    /// "an invoice"
    static std::string one_of(const kind& k) { return std::string(k.article) + " " + std::string(k.singular); }

    /// `"tasks" WHERE …`: the rows that come back and name something by `r`.
    std::string naming(const reference& r) const {
        return quoted(what_.all.kinds[r.from].table) + " WHERE " + std::string(of_tenant) + " AND " +
               went_along(what_, r.from) + " AND " + quoted(r.column) + " IS NOT NULL";
    }

    /// Whether what such a row names stays in the bin. Asked for each row by the id alone: two sets could be joined
    /// with each other, and an index of the bin passed through for each id.
    std::string names_staying(const reference& r) const {
        std::string stays(is_in_bin);
        if (is_among(kinds_, r.to)) stays += " AND (" + went_along(what_, r.to) + ") IS NOT TRUE";
        return "(SELECT " + stays + " FROM " + quoted(what_.all.kinds[r.to].table) + " AS named WHERE " +
               std::string(of_tenant) + R"( AND "id" = )" + quoted(what_.all.kinds[r.from].table) + "." +
               quoted(r.column) + ")";
    }

    task<result<void>> empty_refs(const reference& r) {
        std::string text = "UPDATE " + quoted(what_.all.kinds[r.from].table) + " SET " + quoted(r.column) +
                           " = NULL WHERE " + std::string(of_tenant) + " AND " + went_along(what_, r.from) + " AND " +
                           names_staying(r);
        CO_TRY(co_await ask(std::move(text)));
        co_return result<void>();
    }

    task<result<void>> check_targets(const reference& r) {
        std::string text = "SELECT 1 FROM " + naming(r) + " AND " + names_staying(r) + " LIMIT 1";
        CO_TRY_ASSIGN(const db::rows found, co_await ask(std::move(text)));
        if (found.empty()) co_return result<void>();
        const kind& from = what_.all.kinds[r.from];
        const kind& to = what_.all.kinds[r.to];
        const bool named = who_.reads(to.read) == access::decision::allowed &&
                           (r.from == what_.kind || who_.reads(from.read) == access::decision::allowed);
        if (!named) co_return error(errc::conflict, "It refers to something that is in the bin.", "reference");
        std::string subject = r.from == what_.kind ? "The " + std::string(from.singular) : one_of(from) + " of it";
        subject.front() = subject.front() == 'a' ? 'A' : subject.front();
        co_return error(errc::conflict,
                        subject + " refers to " + one_of(to) + " that is in the bin: restore that first.", "reference");
    }

    task<result<void>> bring_back(kind_number of) {
        const kind& k = what_.all.kinds[of];
        const std::string changes =
            R"("deleted_at" = NULL)" + std::string(k.goes_along ? R"(, "deleted_with" = NULL)" : "");
        const std::string text = change(k, changes, "$4", went_along(what_, of));
        auto parameters = db::args(what_.id, since_, instant::now());
        CO_TRY(co_await db::tenant_access::query(open_, text, std::move(parameters)));
        co_return result<void>();
    }

    db::tenant_transaction& open_;
    record what_;
    access::viewer who_;
    std::vector<kind_number> kinds_;
    instant since_;
};

}  // namespace

task<result<void>> restore(db::tenant_transaction& open, record what, access::viewer who) {
    restoring all(open, what, who);
    co_return co_await all.run();
}

}  // namespace tenon::records
