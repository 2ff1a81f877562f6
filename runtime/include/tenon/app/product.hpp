// One product, as data: everything that differs between two generated services, handed to `app::run` by main().
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/accounts/token_lifetimes.hpp>
#include <tenon/app/settings.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/db/migration.hpp>
#include <tenon/records/graph.hpp>
#include <tenon/service/route.hpp>

namespace tenon::app {

struct product {
    std::string_view name;  ///< "starter": logs, metrics, issuer of tokens, default database file
    std::string_view title;
    std::string_view version;  ///< The product's own version, from its spec.
    tenant_names tenant;
    accounts::token_lifetimes tokens;
    access::policy policy;
    std::span<const service::route> routes;
    records::graph records;
    std::span<const db::migration> sqlite_migrations;
    std::span<const db::migration> postgres_migrations;
    std::string_view openapi;       ///< The text of openapi.yaml.
    std::string_view openapi_json;  ///< The same as JSON.
    std::string_view api_page;      ///< The same as a page of HTML.
    parts_reader parts = nullptr;   ///< What its own code stands on; null: nothing. `serve` asks for it.
};

/// The whole program: parses the command line (`serve`, `migrate up|down|status`, `backup FILE`, `restore FILE`,
/// `routes`,
/// `--help`, `--version`), reads, for all but the last three, the configuration from the environment and a file .env in
/// the working directory, and runs the command. Returns the process's exit code: 0 success, 1 failure, 2 usage or
/// configuration error (every wrong variable is named, with what is expected), 3 when `migrate status --check` finds
/// that something is pending.
int run(const product& product, int argc, char** argv);

}  // namespace tenon::app
