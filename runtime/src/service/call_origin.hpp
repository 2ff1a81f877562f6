// Where a call comes from, as its dispatcher has proved it. Nobody else can make a call: products know the name alone.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <tenon/access/policy.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::limits {
class rates_seen;
}

namespace tenon::service {

struct call_origin {
    std::vector<std::pair<std::string, std::string>> path_parameters;
    /// What the answer's headers will say about limits. Null where nothing counts (tests of handlers).
    limits::rates_seen* rates = nullptr;
    user_id user;  ///< As the session: of signed-in users alone.
    uuid session;
    tenant_id tenant;  ///< As what follows: of members at work in one alone.
    std::uint16_t role = 0;
    access::decision decision = access::decision::denied;
};

}  // namespace tenon::service
