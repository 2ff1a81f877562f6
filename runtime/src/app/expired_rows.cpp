// Table after table of the service's own; then those of tenants, tenant after tenant, for row-level security shows no
// tenant's rows to anybody else.
#include "app/expired_rows.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <tenon/observe/log.hpp>

#include "db/own_session.hpp"

namespace tenon::app {
namespace {

constexpr std::chrono::seconds for_a_statement(5);
constexpr std::size_t tenants_at_once = 100;

/// "a, b" of the columns that tell rows of one tenant, or of the service, apart.
std::string key_of(const feature::table& of) {
    std::string out;
    for (const std::string_view column : of.primary_key) {
        if (feature::is_of_tenants(of) && column == feature::tenant_column) continue;
        out += (out.empty() ? "" : ", ") + std::string(column);
    }
    return out;
}

/// Not what only gave way to others, which says when it may be done.
bool is_away(const error& why) {
    return why.code == errc::unavailable && why.retry_after.count() == 0;
}

class sweep {
  public:
    sweep(db::backend& database, tenant_names names, std::stop_token stop)
        : database_(database), names_(names), stop_(std::move(stop)) {}

    task<result<void>> run(const std::vector<feature::table>& from) {
        std::vector<const feature::table*> of_tenants;
        for (const feature::table& each : from) {
            if (feature::is_of_tenants(each)) {
                of_tenants.push_back(&each);
                continue;
            }
            CO_TRY(co_await empty(each, db::row_scope::of_service()));
        }
        uuid last;
        for (bool more = !of_tenants.empty(); more && !stop_.stop_requested();) {
            CO_TRY_ASSIGN(const db::rows page, co_await tenants_after(last));
            for (std::size_t i = 0; i < page.size() && !stop_.stop_requested(); ++i) {
                last = page[i].get<uuid>(0);
                for (const feature::table* each : of_tenants) {
                    const db::row_scope whose = tenant_id(last);
                    CO_TRY(co_await empty(*each, whose));
                }
            }
            more = page.size() == tenants_at_once;
        }
        co_return result<void>();
    }

    const swept_rows& done() const { return done_; }

  private:
    task<result<void>> empty(const feature::table& from, db::row_scope whose) {
        const std::string text = sweep_text(from, names_);
        for (bool more = true; more && !stop_.stop_requested();) {
            auto now = db::args(instant::now());
            db::statement some(text, std::move(now), whose, std::chrono::steady_clock::now() + for_a_statement);
            const result<db::rows> gone = co_await database_.run(std::move(some));
            if (!gone && is_away(gone.error())) co_return gone.error();
            if (!gone) {
                log::warn("expired rows could not be deleted", {{"table", from.name}, {"what", gone.error().message}});
                ++done_.failed;
                break;
            }
            done_.gone += gone->affected();
            more = gone->affected() == rows_at_once;
        }
        co_return result<void>();
    }

    task<result<db::rows>> tenants_after(uuid last) {
        static const std::string text =
            "SELECT id FROM {tenants} WHERE id > $1 ORDER BY id LIMIT " + std::to_string(tenants_at_once);
        db::own_session session(database_, std::chrono::steady_clock::now() + for_a_statement,
                                db::row_scope::of_service());
        auto parameters = db::args(last);
        co_return co_await session.read(text, std::move(parameters));
    }

    db::backend& database_;
    const tenant_names names_;
    const std::stop_token stop_;
    swept_rows done_;
};

}  // namespace

std::vector<feature::table> tables_with_retention() {
    std::vector<feature::table> out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::table& table : each.tables) {
            if (!table.kept.column.empty()) out.push_back(table);
        }
    }
    return out;
}

std::string sweep_text(const feature::table& of, const tenant_names& names) {
    const std::string table(of.name);
    const std::string mine = feature::is_of_tenants(of) ? std::string(feature::tenant_column) + " = $1 AND " : "";
    const std::string now = feature::is_of_tenants(of) ? "$2" : "$1";
    const std::string key = key_of(of);
    return db::with_names("DELETE FROM " + table + " WHERE " + mine + "(" + key + ") IN (SELECT " + key + " FROM " +
                              table + " WHERE " + mine + std::string(of.kept.column) + " <= " + now + " LIMIT " +
                              std::to_string(rows_at_once) + ")",
                          names);
}

task<result<swept_rows>> sweep_expired_rows(db::backend& database, tenant_names names, std::vector<feature::table> from,
                                            std::stop_token stop) {
    sweep all(database, names, std::move(stop));
    CO_TRY(co_await all.run(from));
    co_return all.done();
}

}  // namespace tenon::app
