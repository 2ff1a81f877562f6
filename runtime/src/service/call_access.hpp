// What only the runtime knows and sets of a call.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tenon/service/call.hpp>

namespace tenon::service {

struct call_access {
    /// What the answer's headers will say about limits. Null where nothing counts (tests of handlers).
    static limits::rates_seen* rates(const open_call& call) { return call.rates_; }
    static void set_rates(open_call& call, limits::rates_seen& seen) { call.rates_ = &seen; }

    /// The runtime's hold on the request's Idempotency-Key; null without one.
    static service::claim* claim(const open_call& call) { return call.claim_; }
    static void set_claim(open_call& call, service::claim* held) { call.claim_ = held; }

    static void set_path_parameters(open_call& call, std::vector<std::pair<std::string, std::string>> found) {
        call.path_parameters_ = std::move(found);
    }
    static void set_user(user_call& call, user_id who, uuid session) {
        call.user_ = who;
        call.auth_session_ = session;
    }
    static void set_tenant(tenant_call& call, tenant_id where, std::uint16_t role, access::decision decided) {
        call.tenant_ = where;
        call.role_ = role;
        call.decision_ = decided;
    }
};

}  // namespace tenon::service
