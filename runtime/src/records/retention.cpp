// Walks the index of the bin by time, so that a record that cannot be purged holds up none behind it: it costs a look.
#include "records/retention.hpp"

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include <tenon/observe/log.hpp>
#include <tenon/records/deletion.hpp>

#include "db/tenants_in_turn.hpp"
#include "records/sql.hpp"

namespace tenon::records {
namespace {

using clock = std::chrono::steady_clock;

/// SQLite's only writer is held no longer, nor the end of the process.
constexpr std::chrono::seconds patience(3);
constexpr std::size_t looked_at_once = 100;

/// Nothing for a row that was written past the service.
std::optional<uuid> id_of(const db::row& found) {
    try {
        return found.get<uuid>(0);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// Of one kind in one tenant.
class sweep_of_bin {
  public:
    sweep_of_bin(db::backend& database, const graph& all, kind_number of, tenant_id whose, instant now,
                 const time_of_run& time, places_in_bin& places)
        : database_(database),
          all_(all),
          kind_(of),
          tenant_(whose),
          until_(now - all.kinds[of].keep),
          time_(time),
          places_(places) {}

    /// Adds to `out`. Fails only when the database is away.
    task<result<void>> run(purged& out) {
        const std::pair<uuid, kind_number> here(tenant_.value, kind_);
        if (const auto known = places_.left_off.find(here); known != places_.left_off.end()) at_ = known->second;
        bool more = true;
        while (more && goes_on()) {
            const result<db::rows> some = co_await next();
            if (!some && db::is_away(some.error())) co_return unexpected(some.error());
            if (!some) {
                note_failure(some.error(), "", out);
                co_return result<void>();
            }
            std::size_t done = 0;
            for (; done < some->size() && goes_on(); ++done) CO_TRY(co_await look_at((*some)[done], out));
            more = done < some->size() || done == looked_at_once;
        }
        if (more) places_.left_off[here] = at_;
        if (!more) places_.left_off.erase(here);
        co_return result<void>();
    }

  private:
    bool goes_on() const { return !late_ && worked_ < purged_at_most && !time_.is_over(); }

    task<result<db::rows>> next() {
        const std::string text =
            R"(SELECT "id", "deleted_at" FROM )" + quoted(all_.kinds[kind_].table) + " WHERE " +
            std::string(of_tenant) +
            R"( AND "deleted_at" <= $2 AND ("deleted_at" > $3 OR ("deleted_at" = $3 AND "id" > $4)))"
            R"( ORDER BY "deleted_at", "id" LIMIT )" +
            std::to_string(looked_at_once);
        db::own_session session(database_, clock::now() + patience, tenant_);
        db::values parameters{db::to_value(until_), at_.since, at_.id};
        co_return co_await session.read_in_tenant(text, std::move(parameters));
    }

    task<result<void>> look_at(db::row found, purged& out) {
        // As they are stored: those behind a row that cannot be read have their turn, too.
        at_.id = found.cell(0);
        at_.since = found.cell(1);
        const std::optional<uuid> id = id_of(found);
        if (!id) {
            note_failure(error(errc::internal, "its id cannot be read"), "", out);
            co_return result<void>();
        }
        const result<void> done = co_await purge_one(*id);
        if (done) {
            ++worked_;
            ++out.gone;
        } else if (db::is_away(done.error())) {
            co_return unexpected(done.error());
        } else if (done.error().kind == "reference") {
            ++out.blocked;
        } else if (done.error().code != errc::not_found) {
            ++worked_;
            note_failure(done.error(), id->to_string(), out);
            // The next one may wait for the same.
            late_ = done.error().code == errc::deadline_exceeded;
        }
        co_return result<void>();
    }

    /// One line for all of a kind and tenant.
    void note_failure(const error& why, const std::string& id, purged& out) {
        ++out.failed;
        if (std::exchange(told_, true)) return;
        log::warn("a record that the bin no longer keeps was not purged", {{"table", all_.kinds[kind_].table},
                                                                           {"tenant", tenant_.value.to_string()},
                                                                           {"id", id},
                                                                           {"what", why.message}});
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
    const time_of_run& time_;
    places_in_bin& places_;
    place_in_bin at_;
    std::int64_t worked_ = 0;
    bool late_ = false;
    bool told_ = false;
};

}  // namespace

task<result<purged>> purge_expired(db::backend& database, const graph& all, instant now, time_of_run time,
                                   places_in_bin& places) {
    purged out;
    bool more = false;
    for (const kind& each : all.kinds) more = more || each.keep.count() > 0;
    while (more && !time.is_over()) {
        CO_TRY_ASSIGN(const db::rows page,
                      co_await db::tenants_after(database, places.tenant, clock::now() + patience));
        for (std::size_t i = 0; i < page.size(); ++i) {
            const tenant_id whose(page[i].get<uuid>(0));
            for (std::size_t of = 0; of < all.kinds.size(); ++of) {
                if (all.kinds[of].keep.count() == 0) continue;
                sweep_of_bin sweep(database, all, static_cast<kind_number>(of), whose, now, time, places);
                CO_TRY(co_await sweep.run(out));
            }
            if (time.is_over()) co_return out;
            places.tenant = whose.value;
        }
        more = page.size() == db::tenants_at_once;
        if (!more) places.tenant = uuid();
    }
    co_return out;
}

}  // namespace tenon::records
