// The numbers that a service tells Prometheus. Labels are bounded: route templates, never paths, users or tenants.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tenon {
class byte_budget;
}

namespace tenon::observe {

/// The numbers of one route; made once per route and kept, so that counting needs no look-up by name.
class route_metrics;

/// The numbers of one limit; made once, like those of a route.
class limit_metrics;

/// Thread-safe.
class metrics {
  public:
    metrics();
    ~metrics();
    metrics(const metrics&) = delete;
    metrics& operator=(const metrics&) = delete;

    /// `route` is the template ("/v1/projects/{id}"). The result lives as long as this object.
    route_metrics& route(std::string_view method, std::string_view route);
    /// Counts one answer: http_requests_total{method, route, status} and http_request_duration_seconds{method, route}.
    void count(route_metrics& route, int status, std::chrono::nanoseconds duration);

    /// `policy` is one of a few names. The result lives as long as this object; the same name gives the same one.
    limit_metrics& limit(std::string_view policy);
    void limit_refused(limit_metrics& limit);  ///< rate_limit_refusals_total{policy}
    void limit_store_failed(
        limit_metrics& limit);  ///< limit_store_failures_total{policy}: allowed without being shared

    void request_begun();  ///< http_requests_in_flight
    void request_ended();
    void connection_opened();  ///< http_connections, http_connections_total
    void connection_closed();
    void connection_refused();                                               ///< http_connections_refused_total
    void client_untold();                                                    ///< http_client_addresses_untold_total
    void statement_done(bool succeeded, std::chrono::nanoseconds duration);  ///< db_statement_duration_seconds{outcome}
    void loop_late(std::chrono::nanoseconds by);                             ///< event_loop_lag_seconds
    /// event_loop_work_seconds: the processor time of one loop between two of its ticks.
    void loop_worked(std::chrono::nanoseconds time);
    void page_cut();  ///< db_pages_cut_total
    /// worker_pool_queue_length{pool}: `read` is called when the numbers are asked for, from any thread.
    void watch_queue(std::string_view pool, std::function<double()> read);

    /// build_info{service, version, runtime}: 1.
    void describe(std::string_view service, std::string_view version, std::string_view runtime);
    void login_failed(std::string_view reason);  ///< login_failures_total{reason}: "credentials" or "limit".
    /// db_connection_wait_seconds{connection}; see db::wait_report.
    void waited(std::string_view connection, std::chrono::nanoseconds time);
    void readiness(bool is_ready);                       ///< service_ready: 1 or 0
    void dependency(std::string_view name, bool is_ok);  ///< dependency_ok{dependency}: 1 or 0
    /// db_migration_version: the number of the last applied one; db_migrations_pending.
    void migrations(std::int64_t version, std::int64_t pending);

    /// memory_budget_bytes{state}, memory_budget_refusals_total: read when the numbers are asked for. `budget` must
    /// outlive this object's use.
    void watch_memory(const byte_budget& budget);
    /// Counts what a budget other than memory's turned away: budget_refusals_total{budget}. `budget` is one of a few
    /// names.
    void budget_refused(std::string_view budget);

    /// Prometheus text format 0.0.4, with log_lines_dropped_total of the whole process.
    std::string expose() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::observe
