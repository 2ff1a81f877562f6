// What only the runtime holds for a call: nothing that says who it is of.
#pragma once

#include <tenon/service/call.hpp>

namespace tenon::service {

struct call_access {
    /// What the answer's headers will say about limits. Null where nothing counts (tests of handlers).
    static limits::rates_seen* rates(const open_call& call) { return call.rates_; }

    /// The runtime's hold on the request's Idempotency-Key; null without one.
    static service::claim* claim(const open_call& call) { return call.claim_; }
    static void set_claim(open_call& call, service::claim* held) { call.claim_ = held; }
};

}  // namespace tenon::service
