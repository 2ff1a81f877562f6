// From a request to its handler: the one place where routes, identity and permission are checked.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include <tenon/app/services.hpp>
#include <tenon/auth/authenticate.hpp>
#include <tenon/http/call.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/tenancy/directory.hpp>

#include "http/exchange.hpp"
#include "http/router.hpp"
#include "idempotency/claim.hpp"
#include "limits/request_limits.hpp"

namespace tenon::http {

/// Who is asking, and what are they in a tenant: the accounts and the directory of the service, or a test's.
class gate {
  public:
    virtual ~gate() = default;
    virtual result<auth::principal> authenticate(const request& r) = 0;
    /// Whether the session of a token lives, and its user's role in the tenant of that token, if it has one.
    virtual task<result<tenancy::standing>> standing_of(const auth::principal& who,
                                                        std::chrono::steady_clock::time_point deadline) = 0;
};

class dispatcher final : public request_handler {
  public:
    /// All references must outlive the dispatcher.
    dispatcher(app::services& services, std::span<const route> routes, const access::policy& policy, gate& gate,
               observe::metrics& metrics, limits::request_limits& limits);

    task<void> handle(exchange& x) override;
    task<void> refuse(exchange& x, const refusal& why) override;
    /// MAX_BODY_BYTES for a valid token; MAX_OPEN_BODY_BYTES for routes that need none.
    result<std::size_t> body_limit(exchange& x) override;
    void answered(const exchange& x, int status) override;

  private:
    /// Who stands before a handler; nobody in particular before an open one.
    struct admitted {
        auth::principal who;
        std::uint16_t role = 0;  ///< In the tenant of `who`, as `decision`: routes of tenants only.
        access::decision decision = access::decision::denied;
    };

    task<result<response>> dispatch(exchange& x);
    /// Comes before everything else that may answer.
    result<void> admit_address(exchange& x, limits::counted_here& counted);
    void tell_untold(const exchange& x);
    /// Counts an attempt at a password or a token: before its body is looked at, and before an answer is given again.
    task<result<void>> admit_attempt(exchange& x, const match& found, const admitted& by);
    /// The checks before a handler, in their order; `counted` is what they count against limits.
    task<result<admitted>> admit(exchange& x, const match& found, limits::counted_here& counted);
    /// Starts `handling` when awaited, at most once for each Idempotency-Key of `whose`.
    static task<result<response>> answer(open_call& call, const match& found, idempotency::scope whose,
                                         task<result<response>> handling);
    task<result<response>> call(exchange& x, const match& found, open_handler handler);
    task<result<response>> call(exchange& x, const match& found, const admitted& by, user_handler handler);
    task<result<response>> call(exchange& x, const match& found, const admitted& by, tenant_handler handler);

    app::services& services_;
    router router_;
    const access::policy& policy_;
    gate& gate_;
    observe::metrics& metrics_;
    limits::request_limits& limits_;
    std::vector<observe::route_metrics*> by_route_;
    std::vector<bool> unlimited_;   ///< By route.
    std::vector<bool> is_attempt_;  ///< By route.
    std::atomic<std::int64_t> untold_logged_at_{0};
    observe::route_metrics* unmatched_;
    observe::route_metrics* options_;  ///< Of a path that has routes: what may be done there, or a preflight.
};

}  // namespace tenon::http
