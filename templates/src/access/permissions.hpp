// What can be permitted, and which role is: the permission matrix of {{service.title}}.
#pragma once

#include <cstdint>

#include <tenon/access/policy.hpp>

namespace {{service.space}}::access {

enum class permission : std::uint16_t {
    {{#permissions}}
    {{enumerator}},
    {{/permissions}}
};

/// The matrix as the guards use it.
const tenon::access::policy& policy();

}  // namespace {{service.space}}::access
