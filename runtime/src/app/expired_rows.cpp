// Table after table of the service's own; then those of tenants, tenant after tenant, for row-level security shows no
// tenant's rows to anybody else.
#include "app/expired_rows.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <tenon/observe/log.hpp>

#include "db/own_session.hpp"
#include "db/tenants_in_turn.hpp"

namespace tenon::app {
namespace {

constexpr std::chrono::seconds for_a_statement(5);

/// "a, b" of the columns that tell rows of one tenant, or of the service, apart.
std::string key_of(const feature::table& of) {
    std::string out;
    for (const std::string_view column : of.primary_key) {
        if (feature::is_of_tenants(of) && column == feature::tenant_column) continue;
        out += (out.empty() ? "" : ", ") + std::string(column);
    }
    return out;
}

class sweep {
  public:
    sweep(db::backend& database, tenant_names names, std::stop_token stop)
        : database_(database), names_(names), stop_(std::move(stop)) {}

    task<result<void>> run(const std::vector<feature::table>& from) {
        std::vector<deletion> of_tenants;
        for (const feature::table& each : from) {
            const deletion one{each.name, sweep_text(each, names_)};
            if (feature::is_of_tenants(each)) {
                of_tenants.push_back(one);
                continue;
            }
            CO_TRY(co_await empty(one, db::row_scope::of_service()));
        }
        uuid last;
        for (bool more = !of_tenants.empty(); more && !stop_.stop_requested();) {
            CO_TRY_ASSIGN(const db::rows page, co_await db::tenants_after(database_, last, time_for_one()));
            for (std::size_t i = 0; i < page.size() && !stop_.stop_requested(); ++i) {
                last = page[i].get<uuid>(0);
                for (const deletion& each : of_tenants) {
                    const db::row_scope whose = tenant_id(last);
                    CO_TRY(co_await empty(each, whose));
                }
            }
            more = page.size() == db::tenants_at_once;
        }
        co_return result<void>();
    }

    const swept_rows& done() const { return done_; }

  private:
    struct deletion {
        std::string_view table;
        std::string text;
    };

    static std::chrono::steady_clock::time_point time_for_one() {
        return std::chrono::steady_clock::now() + for_a_statement;
    }

    task<result<void>> empty(const deletion& from, db::row_scope whose) {
        for (bool more = true; more && !stop_.stop_requested();) {
            auto now = db::args(instant::now());
            db::statement some(from.text, std::move(now), whose, time_for_one());
            const result<db::rows> gone = co_await database_.run(std::move(some));
            if (!gone && db::is_away(gone.error())) co_return gone.error();
            if (!gone) {
                log::warn("expired rows could not be deleted", {{"table", from.table}, {"what", gone.error().message}});
                ++done_.failed;
                break;
            }
            done_.gone += gone->affected();
            more = gone->affected() == rows_at_once;
        }
        co_return result<void>();
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
