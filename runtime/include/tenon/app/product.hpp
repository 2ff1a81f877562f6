// One product, as data: everything that differs between two generated services, handed to `app::run` by main().
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/http/route.hpp>
#include <tenon/records/graph.hpp>

namespace tenon::app {

/// One numbered migration for one database; the texts are embedded in the program by `tenon_embed_migrations` (CMake).
struct migration {
    std::string_view name;  ///< "0001_initial"
    std::string_view up;
    std::string_view down;  ///< A line `-- irreversible: reason` in its head declares that there is none.
};

/// The product's word for its tenant, in the forms that the runtime's own SQL and JSON need.
struct tenant_names {
    std::string_view singular = "tenant";   ///< "workspace": JSON member, problem texts
    std::string_view table = "tenants";     ///< "workspaces": table and route segment
    std::string_view column = "tenant_id";  ///< "workspace_id": the tenant column of every table
};

struct token_lifetimes {
    std::chrono::seconds access{std::chrono::minutes(15)};
    std::chrono::seconds refresh{std::chrono::hours(24 * 30)};
};

struct product {
    std::string_view name;  ///< "starter": logs, metrics, issuer of tokens, default database file
    std::string_view title;
    std::string_view version;  ///< The product's own version, from its spec.
    tenant_names tenant;
    token_lifetimes tokens;
    access::policy policy;
    std::span<const http::route> routes;
    records::graph records;
    std::span<const migration> sqlite_migrations;
    std::span<const migration> postgres_migrations;
    std::string_view openapi;       ///< The text of openapi.yaml.
    std::string_view openapi_json;  ///< The same as JSON.
    std::string_view api_page;      ///< The same as a page of HTML.
};

/// The whole program: parses the command line (`serve`, `migrate up|down|status`, `backup FILE`, `restore FILE`,
/// `routes`,
/// `--help`, `--version`), reads, for all but the last three, the configuration from the environment and a file .env in
/// the working directory, and runs the command. Returns the process's exit code: 0 success, 1 failure, 2 usage or
/// configuration error (every wrong variable is named, with what is expected), 3 when `migrate status --check` finds
/// that something is pending.
int run(const product& product, int argc, char** argv);

}  // namespace tenon::app
