// A transaction that stays open while a test goes on beside it.
#pragma once

#include "fixture.hpp"

namespace tenon::db {

struct gate {
    std::promise<void> reached;
};

/// Inserts a note, passes the gate, and keeps it to itself until it is dropped or past its deadline.
inline task<result<void>> insert_and_hold(tenant_session session, std::string title, std::shared_ptr<gate> g) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto parameters = args(uuid::generate(), title);
    CO_TRY(co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", parameters));
    g->reached.set_value();
    co_await sleep_until(std::chrono::steady_clock::now() + std::chrono::hours(1));
    co_return result<void>();
}

class postgres_holder_test : public postgres_database_test {
  protected:
    /// Starts what `work` makes of a gate, and returns when it has passed that.
    template <class Work>
    void start_holder(Work work) {
        auto g = std::make_shared<gate>();
        auto reached = g->reached.get_future();
        holder_.emplace(work(g));
        runner_.run([&] { holder_->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
        reached.get();
    }
    void start_holder(tenant_session session, std::string title) {
        start_holder([&](std::shared_ptr<gate> g) { return insert_and_hold(session, title, g); });
    }
    void drop_holder() {
        runner_.run([&] { holder_.reset(); });
    }
    void TearDown() override {
        if (holder_) drop_holder();
        postgres_database_test::TearDown();
    }

  private:
    std::optional<task<result<void>>> holder_;
};

}  // namespace tenon::db
