// What members may do with what a feature has, as data: the generated permissions and their table are made of it.
#pragma once

#include <string_view>

namespace tenon::feature {

/// In the noun and the meaning of a permission: what a product calls one of its tenants.
inline constexpr std::string_view tenant_noun = "{tenant}";

/// Which rule of the spec says whose it is.
enum class holders {
    everybody,  ///< None: every member's.
    managers,   ///< `manage` of `members`.
    settings,   ///< `settings` of `members`.
};

struct permission {
    std::string_view name;     ///< "member:manage", "{tenant}:read": routes name it so.
    std::string_view meaning;  ///< "See the members of the {tenant}"
    holders whose;
    /// The member of `access::policy` that holds it, where operations of the runtime ask for it.
    std::string_view asked_as = {};
};

}  // namespace tenon::feature
