// The roles of {{tenant.article}} {{tenant.lower_title}}'s members.
#pragma once

#include <cstdint>
#include <string_view>

namespace {{service.space}}::access {

enum class role : std::uint16_t {
    {{#roles}}
    {{enumerator}},{{#comment}}  ///< {{comment}}{{/comment}}
    {{/roles}}
};

inline constexpr std::string_view role_names[] = {{role_names_initializer}};

}  // namespace {{service.space}}::access
