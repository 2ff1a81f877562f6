// Rewrites statements on their way.
#include "unfiltered_backend.hpp"

#include <cctype>

#include <tenon/core/task.hpp>

namespace tenon::testing {
namespace {

db::statement unfiltered(db::statement s, std::string_view tenant_column) {
    if (s.tenant) s.text = without_tenant_filter(s.text, tenant_column);
    return s;
}

class unfiltered_transaction final : public db::backend_transaction {
  public:
    unfiltered_transaction(std::unique_ptr<db::backend_transaction> inner, std::string_view tenant_column)
        : inner_(std::move(inner)), tenant_column_(tenant_column) {}
    task<result<db::rows>> run(db::statement s) override {
        return inner_->run(unfiltered(std::move(s), tenant_column_));
    }
    void commit_with_next() override { inner_->commit_with_next(); }
    bool is_committed() const override { return inner_->is_committed(); }
    task<result<void>> commit() override { return inner_->commit(); }

  private:
    std::unique_ptr<db::backend_transaction> inner_;
    std::string_view tenant_column_;
};

class unfiltered_backend final : public db::backend {
  public:
    unfiltered_backend(std::unique_ptr<db::backend> inner, std::string_view tenant_column)
        : inner_(std::move(inner)), tenant_column_(tenant_column) {}

    task<result<db::rows>> run(db::statement s) override {
        return inner_->run(unfiltered(std::move(s), tenant_column_));
    }
    task<result<std::unique_ptr<db::backend_transaction>>> begin(
        db::row_scope whose, std::chrono::steady_clock::time_point deadline) override {
        CO_TRY_ASSIGN(auto open, co_await inner_->begin(whose, deadline));
        std::unique_ptr<db::backend_transaction> out =
            std::make_unique<unfiltered_transaction>(std::move(open), tenant_column_);
        co_return out;
    }
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
    std::string_view tenant_column_;
};

}  // namespace

std::unique_ptr<db::backend> without_tenant_filter(std::unique_ptr<db::backend> inner, const tenant_names& names) {
    return std::make_unique<unfiltered_backend>(std::move(inner), names.column);
}

std::string without_tenant_filter(const std::string& text, std::string_view tenant_column) {
    const std::string filter = "\"" + std::string(tenant_column) + "\" = $1";
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(filter); at != std::string::npos; at = text.find(filter, done)) {
        std::size_t begin = at;
        // `m."workspace_id" = $1` goes with the name of its table.
        if (begin > done && text[begin - 1] == '.') {
            --begin;
            while (begin > done &&
                   (std::isalnum(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == '_'))
                --begin;
        }
        const std::size_t end = at + filter.size();
        const bool whole = end == text.size() || !std::isdigit(static_cast<unsigned char>(text[end]));
        out.append(text, done, begin - done);
        out += whole ? "$1::uuid IS NOT NULL" : text.substr(begin, end - begin);
        done = end;
    }
    return out.append(text, done, std::string::npos);
}

}  // namespace tenon::testing
