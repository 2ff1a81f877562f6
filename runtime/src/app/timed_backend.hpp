// A database that measures how long its statements take.
#pragma once

#include <memory>

#include <tenon/observe/metrics.hpp>

#include "db/backend.hpp"

namespace tenon::app {

class timed_backend final : public db::backend {
  public:
    /// `metrics` must outlive the backend.
    timed_backend(std::unique_ptr<db::backend> inner, observe::metrics& metrics)
        : inner_(std::move(inner)), metrics_(metrics) {}

    task<result<db::rows>> run(db::statement s) override;
    task<result<std::unique_ptr<db::backend_transaction>>> begin(
        db::row_scope whose, std::chrono::steady_clock::time_point deadline) override;
    std::string_view dialect() const override { return inner_->dialect(); }
    task<result<void>> can_store(std::chrono::steady_clock::time_point deadline) override {
        return inner_->can_store(deadline);
    }
    void report_waits(db::wait_report report) override { inner_->report_waits(std::move(report)); }
    task<void> drain() override { return inner_->drain(); }
    void name_tenants(const tenant_names& names) override {
        backend::name_tenants(names);
        inner_->name_tenants(names);
    }

  private:
    std::unique_ptr<db::backend> inner_;
    observe::metrics& metrics_;
};

}  // namespace tenon::app
