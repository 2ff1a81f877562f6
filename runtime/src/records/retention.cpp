// Walks the index of the bin by time, so that a record that cannot go holds up none behind it.
#include "records/retention.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <tenon/records/deletion.hpp>

#include "records/sql.hpp"

namespace tenon::records {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience(30);
constexpr std::size_t tenants_at_once = 100;
constexpr std::size_t looked_at_once = 100;

/// Where a walk through the bin is.
struct place {
    instant since;
    uuid id;
};

/// Of one kind in one tenant.
class sweep_of_bin {
  public:
    sweep_of_bin(db::backend& database, const graph& all, kind_number of, tenant_id whose, instant now)
        : database_(database), all_(all), kind_(of), tenant_(whose), until_(now - all.kinds[of].keep) {}

    task<result<purged>> run(std::stop_token stop) {
        purged out;
        for (bool more = true; more && !stop.stop_requested() && out.gone < purged_at_most;) {
            CO_TRY_ASSIGN(const db::rows some, co_await next());
            for (std::size_t i = 0; i < some.size() && out.gone < purged_at_most && !stop.stop_requested(); ++i) {
                some[i].read(0, at_.id);
                some[i].read(1, at_.since);
                const result<void> done = co_await purge_one(at_.id);
                const bool stays = !done && done.error().kind == "reference";
                if (!done && !stays && done.error().code != errc::not_found) co_return unexpected(done.error());
                if (done) ++out.gone;
                if (stays) ++out.blocked;
            }
            more = some.size() == looked_at_once;
        }
        co_return out;
    }

  private:
    task<result<db::rows>> next() {
        const std::string text =
            R"(SELECT "id", "deleted_at" FROM )" + quoted(all_.kinds[kind_].table) + " WHERE " +
            std::string(of_tenant) +
            R"( AND "deleted_at" <= $2 AND ("deleted_at" > $3 OR ("deleted_at" = $3 AND "id" > $4)))"
            R"( ORDER BY "deleted_at", "id" LIMIT )" +
            std::to_string(looked_at_once);
        db::own_session session(database_, clock::now() + patience, tenant_);
        auto parameters = db::args(until_, at_.since, at_.id);
        co_return co_await session.query_in_tenant(text, std::move(parameters));
    }

    task<result<void>> purge_one(uuid id) {
        db::tenant_session session(database_, tenant_, clock::now() + patience);
        CO_TRY_ASSIGN(auto open, co_await session.begin());
        // It may have been brought back and deleted again.
        const std::string text = ids_where(all_.kinds[kind_], R"("id" = $2 AND "deleted_at" <= $3)") + " FOR UPDATE";
        auto parameters = db::args(id, until_);
        CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
        if (found.empty()) co_return error(errc::not_found, "It is not in the bin.");
        const record what(all_, kind_, id);
        access::viewer nobody;
        CO_TRY(co_await purge(open, what, nobody));
        co_return co_await open.commit();
    }

    db::backend& database_;
    const graph& all_;
    kind_number kind_;
    tenant_id tenant_;
    instant until_;
    place at_;
};

task<result<db::rows>> tenants_after(db::backend& database, uuid last) {
    const std::string text =
        "SELECT id FROM {tenants} WHERE id > $1 ORDER BY id LIMIT " + std::to_string(tenants_at_once);
    db::own_session session(database, clock::now() + patience, db::row_scope::of_service());
    auto parameters = db::args(last);
    co_return co_await session.query(text, std::move(parameters));
}

task<result<purged>> purge_in_tenant(db::backend& database, const graph& all, tenant_id whose, instant now,
                                     std::stop_token stop) {
    purged out;
    for (std::size_t i = 0; i < all.kinds.size() && !stop.stop_requested(); ++i) {
        if (all.kinds[i].keep.count() == 0) continue;
        sweep_of_bin sweep(database, all, static_cast<kind_number>(i), whose, now);
        CO_TRY_ASSIGN(const purged some, co_await sweep.run(stop));
        out.gone += some.gone;
        out.blocked += some.blocked;
    }
    co_return out;
}

}  // namespace

task<result<purged>> purge_expired(db::backend& database, const graph& all, instant now, std::stop_token stop) {
    purged out;
    bool keeps = false;
    for (const kind& each : all.kinds) keeps = keeps || each.keep.count() > 0;
    uuid last;
    for (bool more = keeps; more && !stop.stop_requested();) {
        CO_TRY_ASSIGN(const db::rows page, co_await tenants_after(database, last));
        for (std::size_t i = 0; i < page.size() && !stop.stop_requested(); ++i) {
            last = page[i].get<uuid>(0);
            CO_TRY_ASSIGN(const purged some, co_await purge_in_tenant(database, all, tenant_id(last), now, stop));
            out.gone += some.gone;
            out.blocked += some.blocked;
        }
        more = page.size() == tenants_at_once;
    }
    co_return out;
}

}  // namespace tenon::records
