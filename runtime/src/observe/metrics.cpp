// Metrics over prometheus-cpp.
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <utility>
#include <vector>

#include <tenon/core/byte_budget.hpp>
#include <tenon/observe/metrics.hpp>

#include "observe/log_sink.hpp"
#include "observe/process_numbers.hpp"

namespace tenon::observe {
namespace {

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

const prometheus::Histogram::BucketBoundaries request_buckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                                 0.25,   0.5,   1,      2.5,   5,    10,    30};
const prometheus::Histogram::BucketBoundaries statement_buckets = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                                   0.025,  0.05,    0.1,    0.5,   1,      5};
const prometheus::Histogram::BucketBoundaries lag_buckets = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                             0.1,   0.25,   0.5,   1,    2.5,   5};

}  // namespace

class route_metrics {
  public:
    route_metrics(std::string_view method, std::string_view route, prometheus::Family<prometheus::Counter>& requests,
                  prometheus::Family<prometheus::Histogram>& durations)
        : labels_({{"method", std::string(method)}, {"route", std::string(route)}}),
          requests_(requests),
          duration_(durations.Add(labels_, request_buckets)) {}

    void count(int status, std::chrono::nanoseconds duration) {
        const auto index = static_cast<std::size_t>(status < 100 || status > 599 ? 0 : status - 99);
        auto& slot = counters_[index];
        prometheus::Counter* counter = slot.load(std::memory_order_acquire);
        if (!counter) {
            // Adding the same labels twice gives the same counter, so a race here is harmless.
            auto labels = labels_;
            labels.emplace("status", std::to_string(status));
            counter = &requests_.Add(labels);
            slot.store(counter, std::memory_order_release);
        }
        counter->Increment();
        duration_.Observe(seconds(duration));
    }

  private:
    prometheus::Labels labels_;
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Histogram& duration_;
    std::array<std::atomic<prometheus::Counter*>, 501> counters_{};
};

class limit_metrics {
  public:
    limit_metrics(std::string_view policy, prometheus::Family<prometheus::Counter>& refused,
                  prometheus::Family<prometheus::Counter>& failed)
        : policy(policy),
          refusals(refused.Add({{"policy", std::string(policy)}})),
          store_failures(failed.Add({{"policy", std::string(policy)}})) {}

    const std::string policy;
    prometheus::Counter& refusals;
    prometheus::Counter& store_failures;
};

struct metrics::impl {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("http_requests_total")
                                                            .Help("Answered requests by route template and status.")
                                                            .Register(registry);
    prometheus::Family<prometheus::Histogram>& durations =
        prometheus::BuildHistogram()
            .Name("http_request_duration_seconds")
            .Help("Time from a whole request until its answer is ready to be written.")
            .Register(registry);
    prometheus::Gauge& in_flight = gauge("http_requests_in_flight", "Requests that are being answered.");
    prometheus::Gauge& connections = gauge("http_connections", "Open client connections.");
    prometheus::Counter& accepted = counter("http_connections_total", "Accepted client connections.");
    prometheus::Counter& refused =
        counter("http_connections_refused_total",
                "Connections closed at once because too many were open: budget_refusals_total of connections and of "
                "connections_per_address together.");
    prometheus::Counter& untold = counter("http_client_addresses_untold_total",
                                          "Requests whose proxy named no client address: counted as the proxy's own.");
    prometheus::Family<prometheus::Histogram>& statements = prometheus::BuildHistogram()
                                                                .Name("db_statement_duration_seconds")
                                                                .Help("Time from sending a statement to its outcome.")
                                                                .Register(registry);
    prometheus::Histogram& succeeded = statements.Add({{"outcome", "ok"}}, statement_buckets);
    prometheus::Histogram& failed = statements.Add({{"outcome", "error"}}, statement_buckets);
    prometheus::Counter& cut =
        counter("db_pages_cut_total", "Pages of lists that ended because of their bytes, not of their limit.");
    prometheus::Family<prometheus::Gauge>& queues = prometheus::BuildGauge()
                                                        .Name("worker_pool_queue_length")
                                                        .Help("Jobs that wait for a free worker thread.")
                                                        .Register(registry);

    prometheus::Histogram& lag = prometheus::BuildHistogram()
                                     .Name("event_loop_lag_seconds")
                                     .Help("How late the event loops came to their regular tick.")
                                     .Register(registry)
                                     .Add({}, lag_buckets);
    prometheus::Histogram& work = prometheus::BuildHistogram()
                                      .Name("event_loop_work_seconds")
                                      .Help("The processor time of one event loop between two of its ticks.")
                                      .Register(registry)
                                      .Add({}, lag_buckets);
    prometheus::Counter& log_lines_dropped =
        counter("log_lines_dropped_total", "Log lines that nobody took in time, or that could not be written.");

    prometheus::Family<prometheus::Counter>& limit_refusals = prometheus::BuildCounter()
                                                                  .Name("rate_limit_refusals_total")
                                                                  .Help("Requests refused by a limit.")
                                                                  .Register(registry);
    prometheus::Family<prometheus::Counter>& limit_failures =
        prometheus::BuildCounter()
            .Name("limit_store_failures_total")
            .Help("What a limit let pass because the place where replicas count together was away.")
            .Register(registry);

    prometheus::Family<prometheus::Gauge>& memory = prometheus::BuildGauge()
                                                        .Name("memory_budget_bytes")
                                                        .Help(
                                                            "Memory that clients make the process hold: used, the "
                                                            "most ever used, and the limit.")
                                                        .Register(registry);
    prometheus::Counter& memory_refusals =
        counter("memory_budget_refusals_total", "How often the memory budget, or a client's share of it, was short.");
    prometheus::Family<prometheus::Counter>& budget_refusals = prometheus::BuildCounter()
                                                                   .Name("budget_refusals_total")
                                                                   .Help("What was turned away by a budget.")
                                                                   .Register(registry);

    prometheus::Family<prometheus::Gauge>& builds = gauges("build_info", "What runs: always 1.");
    prometheus::Family<prometheus::Counter>& login_failures =
        prometheus::BuildCounter().Name("login_failures_total").Help("Logins that were refused.").Register(registry);
    prometheus::Family<prometheus::Histogram>& waits =
        prometheus::BuildHistogram()
            .Name("db_connection_wait_seconds")
            .Help("How long statements and transactions waited for a connection that others had.")
            .Register(registry);
    prometheus::Gauge& ready = gauge("service_ready", "1 when /ready would answer 200, else 0.");
    prometheus::Family<prometheus::Gauge>& dependencies =
        gauges("dependency_ok", "1 while what the service depends on is as it should be, else 0.");
    prometheus::Gauge& migration = gauge("db_migration_version", "The number of the last applied migration.");
    prometheus::Gauge& pending =
        gauge("db_migrations_pending", "Migrations that this program carries and the database has not run.");
    process_numbers process{registry};

    std::mutex mutex;
    std::list<route_metrics> routes;
    std::list<limit_metrics> limits;
    std::vector<std::pair<prometheus::Gauge*, std::function<double()>>> watched;
    const byte_budget* budget = nullptr;

    // Requires: `mutex` is held.
    void read_watched() {
        for (auto& [gauge, read] : watched) gauge->Set(read());
        log_lines_dropped.Increment(static_cast<double>(dropped_log_lines()) - log_lines_dropped.Value());
        if (budget == nullptr) return;
        memory.Add({{"state", "used"}}).Set(static_cast<double>(budget->used()));
        memory.Add({{"state", "peak"}}).Set(static_cast<double>(budget->peak()));
        memory.Add({{"state", "limit"}}).Set(static_cast<double>(budget->limit()));
        memory_refusals.Increment(static_cast<double>(budget->refused()) - memory_refusals.Value());
    }

    prometheus::Gauge& gauge(const char* name, const char* help) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
    }
    prometheus::Family<prometheus::Gauge>& gauges(const char* name, const char* help) {
        return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
    }
    prometheus::Counter& counter(const char* name, const char* help) {
        return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
    }
};

metrics::metrics() : impl_(std::make_unique<impl>()) {
    // Seen from the start, so that the first one is a step from 0.
    for (const char* reason : {"credentials", "limit"}) impl_->login_failures.Add({{"reason", reason}});
}
metrics::~metrics() = default;

route_metrics& metrics::route(std::string_view method, std::string_view route) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->routes.emplace_back(method, route, impl_->requests, impl_->durations);
}

void metrics::count(route_metrics& route, int status, std::chrono::nanoseconds duration) {
    route.count(status, duration);
}

limit_metrics& metrics::limit(std::string_view policy) {
    const std::lock_guard lock(impl_->mutex);
    for (limit_metrics& each : impl_->limits) {
        if (each.policy == policy) return each;
    }
    return impl_->limits.emplace_back(policy, impl_->limit_refusals, impl_->limit_failures);
}

void metrics::limit_refused(limit_metrics& limit) {
    limit.refusals.Increment();
}
void metrics::limit_store_failed(limit_metrics& limit) {
    limit.store_failures.Increment();
}

void metrics::page_cut() {
    impl_->cut.Increment();
}

void metrics::request_begun() {
    impl_->in_flight.Increment();
}
void metrics::request_ended() {
    impl_->in_flight.Decrement();
}
void metrics::connection_opened() {
    impl_->connections.Increment();
    impl_->accepted.Increment();
}
void metrics::connection_closed() {
    impl_->connections.Decrement();
}
void metrics::connection_refused() {
    impl_->refused.Increment();
}

void metrics::client_untold() {
    impl_->untold.Increment();
}

void metrics::statement_done(bool succeeded, std::chrono::nanoseconds duration) {
    (succeeded ? impl_->succeeded : impl_->failed).Observe(seconds(duration));
}

void metrics::loop_late(std::chrono::nanoseconds by) {
    impl_->lag.Observe(seconds(by));
}

void metrics::loop_worked(std::chrono::nanoseconds time) {
    impl_->work.Observe(seconds(time));
}

void metrics::watch_queue(std::string_view pool, std::function<double()> read) {
    const std::lock_guard lock(impl_->mutex);
    impl_->watched.emplace_back(&impl_->queues.Add({{"pool", std::string(pool)}}), std::move(read));
}

void metrics::watch_memory(const byte_budget& budget) {
    const std::lock_guard lock(impl_->mutex);
    impl_->budget = &budget;
}

void metrics::budget_refused(std::string_view budget) {
    impl_->budget_refusals.Add({{"budget", std::string(budget)}}).Increment();
}

void metrics::describe(std::string_view service, std::string_view version, std::string_view runtime) {
    const prometheus::Labels labels{
        {"service", std::string(service)}, {"version", std::string(version)}, {"runtime", std::string(runtime)}};
    impl_->builds.Add(labels).Set(1);
}

void metrics::login_failed(std::string_view reason) {
    impl_->login_failures.Add({{"reason", std::string(reason)}}).Increment();
}

void metrics::waited(std::string_view connection, std::chrono::nanoseconds time) {
    impl_->waits.Add({{"connection", std::string(connection)}}, statement_buckets).Observe(seconds(time));
}

void metrics::readiness(bool is_ready) {
    impl_->ready.Set(is_ready ? 1 : 0);
}

void metrics::dependency(std::string_view name, bool is_ok) {
    impl_->dependencies.Add({{"dependency", std::string(name)}}).Set(is_ok ? 1 : 0);
}

void metrics::migrations(std::int64_t version, std::int64_t pending) {
    impl_->migration.Set(static_cast<double>(version));
    impl_->pending.Set(static_cast<double>(pending));
}

std::string metrics::expose() const {
    impl_->process.read();  // outside of the lock: with many open files it takes its time
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->read_watched();
    }
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace tenon::observe
