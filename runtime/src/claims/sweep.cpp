// Sweeps tenant after tenant.
#include "claims/sweep.hpp"

#include <chrono>
#include <string>

#include "db/own_session.hpp"

namespace tenon::claims {
namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience(5);
constexpr std::size_t tenants_at_once = 100;

task<result<std::int64_t>> sweep_one(const store& all, const std::string& text, db::row_scope whose,
                                     std::stop_token stop) {
    std::int64_t swept = 0;
    for (bool more = true; more && !stop.stop_requested();) {
        auto now = db::args(instant::now());
        db::statement some(text, std::move(now), whose, clock::now() + patience);
        CO_TRY_ASSIGN(const db::rows gone, co_await all.database().run(std::move(some)));
        swept += gone.affected();
        more = gone.affected() == swept_at_once;
    }
    co_return swept;
}

task<result<db::rows>> tenants_after(const store& all, uuid last) {
    static const std::string text =
        "SELECT id FROM {tenants} WHERE id > $1 ORDER BY id LIMIT " + std::to_string(tenants_at_once);
    db::own_session session(all.database(), clock::now() + patience, db::row_scope::of_service());
    auto parameters = db::args(last);
    co_return co_await session.read(text, std::move(parameters));
}

}  // namespace

task<result<std::int64_t>> sweep(const store& all, std::stop_token stop) {
    CO_TRY_ASSIGN(std::int64_t swept, co_await sweep_one(all, all.outside().sweep, db::row_scope::of_service(), stop));
    uuid last;
    for (bool more = true; more && !stop.stop_requested();) {
        CO_TRY_ASSIGN(const db::rows page, co_await tenants_after(all, last));
        for (std::size_t i = 0; i < page.size(); ++i) {
            last = page[i].get<uuid>(0);
            CO_TRY_ASSIGN(const std::int64_t own,
                          co_await sweep_one(all, all.in_tenant().sweep, tenant_id(last), stop));
            swept += own;
        }
        more = page.size() == tenants_at_once;
    }
    co_return swept;
}

}  // namespace tenon::claims
