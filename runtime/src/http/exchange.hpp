// One request on its way through the server, and what is learned about it for the log and the metrics.
#pragma once

#include <chrono>
#include <coroutine>
#include <memory>
#include <optional>
#include <string_view>

#include <tenon/core/byte_budget.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/http/message.hpp>
#include <tenon/http/problem.hpp>

#include "http/client_shares.hpp"
#include "http/request_parser.hpp"
#include "limits/rates_seen.hpp"

namespace tenon::observe {
class route_metrics;
}

namespace tenon::http {

/// Shared by the connection and the handler: when the handler is too late, the connection goes on without it.
struct exchange {
    std::shared_ptr<client_share> client;  ///< Whom `memory` is counted for; set by the server.
    byte_lease memory;                     ///< Of the request's header and body, where they are not small.
    http::request request;
    http::response response;
    std::string_view method_text;  ///< As received, for methods that `http::method` does not know: "OTHER".
    std::chrono::steady_clock::time_point begun;
    bool client_untold = false;  ///< The proxy has named no address: `request.remote_ip` is its own.

    // Filled while the request is dispatched.
    observe::route_metrics* metrics = nullptr;
    std::string_view route;  ///< The template; empty when no route matched.
    std::optional<user_id> user;
    std::optional<tenant_id> tenant;
    limits::rates_seen rates;

    bool finished = false;                    ///< `response` is complete.
    std::coroutine_handle<> connection = {};  ///< Waits for `finished`, if any.
};

/// What the server asks of the application. Thread-safe.
class request_handler {
  public:
    virtual ~request_handler() = default;
    /// Fills `x.response`; does not throw.
    virtual task<void> handle(exchange& x) = 0;
    /// Fills `x.response` for a request that could not be read, and is refused; does not throw. What was read of it is
    /// not to be trusted.
    virtual task<void> refuse(exchange& x, const refusal& why) {
        x.response = problem(why.status, why.why, x.request);
        co_return;
    }
    /// How large a body may be whose header says more than `max_open_body_bytes`, or not how much. Asked once, before
    /// any of it is kept; an error refuses the request.
    virtual result<std::size_t> body_limit(exchange& x) = 0;
    /// Called once per request when its answer's status is decided, also for those that were refused.
    virtual void answered(const exchange& x, int status) = 0;
};

}  // namespace tenon::http
