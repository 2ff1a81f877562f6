// Deleting rows that the tables of features keep no longer.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/tenant_names.hpp>

#include "db/backend.hpp"
#include "feature/feature.hpp"

namespace tenon::app {

/// Those of all features from which rows go by themselves.
std::vector<feature::table> tables_with_retention();

/// The statement that deletes at most `rows_at_once`. With tenants, $1 is the tenant; the last parameter is now.
std::string sweep_text(const feature::table& of, const tenant_names& names);
inline constexpr std::int64_t rows_at_once = 100;

struct swept_rows {
    std::int64_t gone = 0;
    std::int64_t failed = 0;  ///< How often rows of a table, or of a tenant's, have stayed: why is in the log.
};

/// In small statements, one at a time, until all are done or `stop` is asked for. Rows that cannot be deleted hold up
/// no others; only a database that is away (errc::unavailable without `retry_after`) or does not name its tenants ends
/// it.
task<result<swept_rows>> sweep_expired_rows(db::backend& database, tenant_names names, std::vector<feature::table> from,
                                            std::stop_token stop);

}  // namespace tenon::app
