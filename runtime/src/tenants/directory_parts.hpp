// What the directory keeps.
#pragma once

#include <atomic>

#include "db/backend.hpp"
#include "tenants/directory.hpp"

#include "tenants/standing_cache.hpp"

namespace tenon::tenants {

struct directory::parts {
    const access::policy policy;
    db::backend& database;
    std::string with_tenant;     ///< The question's SQL: $1 tenant, $2 session, $3 user.
    std::string without_tenant;  ///< $1 session, $2 user.
    mutable standing_cache known;
    mutable std::atomic<std::chrono::steady_clock::rep> unknown_role_told_at{
        0};  ///< Since the clock's epoch; 0: never.

    parts(const tenant_names& names, const access::policy& p, db::backend& d);

    /// Once a minute.
    void tell_unknown_role(const standing_key& key, std::string_view role) const;
    task<result<operation::standing>> look_up(standing_key key, std::chrono::steady_clock::time_point deadline) const;
    task<result<operation::standing>> lead(standing_key key, standing_cache::flight_ptr question,
                                           std::chrono::steady_clock::time_point deadline) const;
    /// Of others on the same database there are none when it is a file.
    bool is_shared() const { return database.dialect() != "sqlite"; }
};

/// Index into policy::roles; empty for a name that the product does not have.
std::optional<std::uint16_t> role_index(const access::policy& policy, std::string_view name);

}  // namespace tenon::tenants
