// From a request to its handler: the one place where routes, identity and permission are checked.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include <tenon/observe/metrics.hpp>
#include <tenon/service/call.hpp>
#include <tenon/service/services.hpp>

#include "http/exchange.hpp"
#include "limits/request_limits.hpp"
#include "operation/standing.hpp"
#include "service/once.hpp"
#include "service/router.hpp"

namespace tenon::service {

/// How large bodies may be.
struct body_limits {
    std::size_t known = 0;  ///< Of callers with a valid token.
    std::size_t open = 0;   ///< Of anybody.
};

/// What a request passes on its way, all of it thread-safe; outlives the dispatcher.
struct pipeline {
    const service::services& services;
    const access::policy& policy;
    const operation::authenticator& callers;
    const operation::directory& standings;
    once_keeper& once;
    limits::request_limits& limits;
    observe::metrics& metrics;
};

class dispatcher final : public http::request_handler {
  public:
    /// `guessed` are the handlers on which somebody can guess: passwords and tokens.
    dispatcher(const pipeline& way, std::span<const route> routes, std::span<const route::any_handler> guessed,
               body_limits bodies);

    task<void> handle(http::exchange& x) override;
    task<void> refuse(http::exchange& x, const http::refusal& why) override;
    /// MAX_BODY_BYTES for a valid token; MAX_OPEN_BODY_BYTES for routes that need none.
    result<std::size_t> body_limit(http::exchange& x) override;
    void answered(const http::exchange& x, int status) override;

  private:
    /// Who stands before a handler; nobody in particular before an open one.
    struct admitted {
        operation::principal who;
        std::uint16_t role = 0;  ///< In the tenant of `who`, as `decision`: routes of tenants only.
        access::decision decision = access::decision::denied;
    };

    task<result<http::response>> dispatch(http::exchange& x);
    /// Comes before everything else that may answer.
    result<void> admit_address(http::exchange& x, limits::counted_here& counted);
    void tell_untold(const http::exchange& x);
    /// Counts an attempt at a password or a token: before its body is looked at, and before an answer is given again.
    task<result<void>> admit_attempt(http::exchange& x, const match& found, const admitted& by);
    /// The checks before a handler, in their order; `counted` is what they count against limits.
    task<result<admitted>> admit(http::exchange& x, const match& found, limits::counted_here& counted);
    /// Starts `handling` when awaited, at most once for each Idempotency-Key of `whose`.
    task<result<http::response>> answer(open_call& call, const match& found, claims::key_scope whose,
                                        task<result<http::response>> handling) const;
    task<result<http::response>> call(http::exchange& x, const match& found, open_handler handler);
    task<result<http::response>> call(http::exchange& x, const match& found, const admitted& by, user_handler handler);
    task<result<http::response>> call(http::exchange& x, const match& found, const admitted& by,
                                      tenant_handler handler);

    const pipeline way_;
    const router router_;
    const body_limits bodies_;
    std::vector<observe::route_metrics*> by_route_;
    std::vector<bool> unlimited_;   ///< By route.
    std::vector<bool> is_attempt_;  ///< By route.
    std::atomic<std::int64_t> untold_logged_at_{0};
    observe::route_metrics* unmatched_;
    observe::route_metrics* options_;  ///< Of a path that has routes: what may be done there, or a preflight.
};

}  // namespace tenon::service
