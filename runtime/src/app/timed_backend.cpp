// A database that measures how long its statements take.
#include "app/timed_backend.hpp"

namespace tenon::app {
namespace {

using clock = std::chrono::steady_clock;

void count(observe::metrics& metrics, const result<db::rows>& outcome, clock::time_point begun) {
    metrics.statement_done(outcome.has_value(), clock::now() - begun);
    if (outcome && outcome->is_cut()) metrics.page_cut();
}

class timed_transaction final : public db::backend_transaction {
  public:
    timed_transaction(std::unique_ptr<db::backend_transaction> inner, observe::metrics& metrics)
        : inner_(std::move(inner)), metrics_(metrics) {}

    task<result<db::rows>> run(db::statement s) override {
        const auto begun = clock::now();
        auto outcome = co_await inner_->run(std::move(s));
        count(metrics_, outcome, begun);
        co_return outcome;
    }
    void commit_with_next() override { inner_->commit_with_next(); }
    bool is_committed() const override { return inner_->is_committed(); }
    task<result<void>> commit() override {
        const auto begun = clock::now();
        auto outcome = co_await inner_->commit();
        metrics_.statement_done(outcome.has_value(), clock::now() - begun);
        co_return outcome;
    }

  private:
    std::unique_ptr<db::backend_transaction> inner_;
    observe::metrics& metrics_;
};

}  // namespace

task<result<db::rows>> timed_backend::run(db::statement s) {
    const auto begun = clock::now();
    auto outcome = co_await inner_->run(std::move(s));
    count(metrics_, outcome, begun);
    co_return outcome;
}

task<result<std::unique_ptr<db::backend_transaction>>> timed_backend::begin(
    db::row_scope whose, std::chrono::steady_clock::time_point deadline) {
    auto open = co_await inner_->begin(whose, deadline);
    if (!open) co_return std::move(open).error();
    std::unique_ptr<db::backend_transaction> timed = std::make_unique<timed_transaction>(std::move(*open), metrics_);
    co_return timed;
}

}  // namespace tenon::app
