// Whether the database itself keeps tenants apart: row-level security holds for the role that serves.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include <tenon/app/product.hpp>

#include "db/backend.hpp"

namespace tenon::app {

/// Thread-safe. SQLite has no row-level security, and nothing is wrong with that.
class isolation_check {
  public:
    /// Both must outlive the check.
    isolation_check(const app::product& product, db::backend& database) : product_(product), database_(database) {}

    /// What is wrong, as one sentence; empty when nothing is. What was found is good for 30 seconds, and what was
    /// found wrong for one.
    task<result<std::string>> problem(std::chrono::steady_clock::time_point deadline);

  private:
    std::optional<std::string> recent();
    void remember(const std::string& found);

    const app::product& product_;
    db::backend& database_;
    std::mutex mutex_;
    std::string found_;
    std::chrono::steady_clock::time_point asked_{};
    bool known_ = false;
};

}  // namespace tenon::app
