// One statement on its way to PostgreSQL and back, with what has to come before it.
#pragma once

#include <coroutine>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include "db/backend.hpp"
#include "db/refusals.hpp"
#include "postgres/errors.hpp"
#include "postgres/parameters.hpp"

namespace tenon::db {

using postgres_result = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// As PostgreSQL gets it: what is empty is not set.
struct postgres_scope {
    std::string tenant;
    std::string user;
    bool service = false;

    postgres_scope() = default;
    postgres_scope(const row_scope& whose)
        : tenant(whose.tenant() ? whose.tenant()->to_string() : std::string()),
          user(whose.user() ? whose.user()->to_string() : std::string()),
          service(whose.service()) {}
    bool is_somebody() const { return !tenant.empty() || is_more_than_a_tenant(); }
    bool is_more_than_a_tenant() const { return service || !user.empty(); }
};
/// Sets all of it. $1 tenant, $2 user, $3 scope.
inline constexpr const char* postgres_set_scope =
    "SELECT set_config('app.tenant', $1, true), set_config('app.user', $2, true), set_config('app.scope', $3, true)";

/// How much of a list is answered.
struct postgres_page {
    std::size_t bytes_max = 0;   ///< The first row that would take it beyond ends it. 0: it is no page.
    std::size_t rows_bytes = 0;  ///< What all of its rows take at most; 0: nobody knows.
    bool is_search = false;      ///< Looks into every row.
    bool is_open_ended() const { return bytes_max > 0 && (rows_bytes == 0 || rows_bytes > bytes_max); }
};

enum class postgres_kind : std::uint8_t {
    read,    ///< Changes nothing: may be asked again when its connection broke.
    shared,  ///< In one implicit transaction with others of its kind, and so one commit.
    first,   ///< Of an explicit transaction: BEGIN comes before it.
    step,    ///< Of an explicit transaction that has begun.
    last,    ///< COMMIT comes behind it. `good` is then the statement's own.
    only,    ///< First and last.
    commit,  ///< Anything but a commit, such as the rollback of what had failed, is a failure.
};

/// By which connections it is asked, and in what company.
struct postgres_asking {
    bool alone = false;  ///< In no company, or not in company again.
    bool twice = false;  ///< By a copy as well, on another connection (postgres_hedge).
    bool moved = false;  ///< A slow list's: another connection answers it, and this one gets rid of it.
};

/// Lives on one loop, where one coroutine at most waits for it. Its outcome is set once, and the coroutine goes on at
/// the end of that turn of the loop: whoever answers a unit need not expect to be called back.
struct postgres_unit {
    postgres_unit(std::string t, clock::time_point d) : text(std::move(t)), deadline(d) {}

    bool reads() const { return kind == postgres_kind::read; }
    bool shares_commit() const { return kind == postgres_kind::shared; }
    bool begins() const { return kind == postgres_kind::first || kind == postgres_kind::only; }
    bool ends() const { return kind == postgres_kind::last || kind == postgres_kind::only; }
    /// Whether what it did is undone, or was nothing, when its connection breaks before it is answered.
    bool leaves_nothing() const { return reads() || kind == postgres_kind::first; }
    /// Others wait for it: it may run for a moment only.
    bool is_list_among_others() const { return reads() && page.bytes_max > 0 && time_max.count() == 0 && !asked.moved; }

    void resume() {
        if (done) return done(*outcome);
        if (const auto handle = std::exchange(waiter, {})) handle.resume();
    }

    std::string text;
    postgres_parameters values;
    clock::time_point deadline;
    /// A single statement sets it for its own implicit transaction, one that begins an explicit transaction for the
    /// whole of it; the others of a transaction have none.
    postgres_scope whose;
    postgres_kind kind = postgres_kind::step;
    postgres_asking asked;
    uuid caller;                            ///< Whose it is; nil: nobody's.
    std::uint64_t round = 0;                ///< In the order of what waits.
    std::chrono::milliseconds time_max{0};  ///< On the server; 0: until its deadline.
    postgres_page page;
    std::optional<std::uint64_t> on_connection;  ///< Only on this one: what began there is gone with it.

    std::optional<result<rows>> outcome;  ///< Of a unit past its deadline, what the server says is of no interest.
    std::coroutine_handle<> waiter;
    std::function<void(result<rows>&)> done;  ///< Instead of a waiter; may take the outcome.
    bool wanted = true;
    std::uint64_t answered_on = 0;  ///< The connection whose server answered it, well or not; 0 for none.
    violated_index violated;        ///< Of an outcome of the kind "unique" or "too_long".

    // What the last attempt sent, and what came back.
    int attempts = 0;
    std::size_t commands = 0;
    std::vector<std::pair<std::size_t, std::string>> preparing;  ///< Which command prepares which text.
    postgres_result good{nullptr, &PQclear};                     ///< Of the last command that went well.
    std::vector<value> cells;                                    ///< Of a page, so far.
    std::size_t bytes = 0;                                       ///< What they take.
    bool is_full = false;                                        ///< Answered with those; the rest is not waited for.
};
using postgres_unit_ptr = std::shared_ptr<postgres_unit>;

/// Awaits the outcome of a unit that has been handed over. Destroyed before, it makes the unit one that nobody wants.
class postgres_answer {
  public:
    explicit postgres_answer(postgres_unit_ptr unit) : unit_(std::move(unit)) {}
    postgres_answer(const postgres_answer&) = delete;
    postgres_answer& operator=(const postgres_answer&) = delete;
    ~postgres_answer() {
        unit_->waiter = {};
        unit_->wanted = false;
    }

    bool await_ready() const noexcept { return unit_->outcome.has_value(); }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { unit_->waiter = waiting; }
    result<rows> await_resume() { return std::move(*unit_->outcome); }

  private:
    postgres_unit_ptr unit_;
};

}  // namespace tenon::db
