// The permission matrix, a row a role and a column a permission.
#include "access/permissions.hpp"

#include <string_view>

#include "access/roles.hpp"

namespace {{service.space}}::access {

namespace {

using tenon::access::decision;

constexpr std::string_view permission_names[] = {
    {{#permissions}}
    "{{label}}",
    {{/permissions}}
};

constexpr auto no [[maybe_unused]] = decision::denied;
constexpr auto own [[maybe_unused]] = decision::own;
constexpr auto yes = decision::allowed;

constexpr decision matrix[] = {
    {{#roles}}
    // {{name}}
    {{#decisions}}
    {{word}},  // {{label}}
    {{/decisions}}
    {{/roles}}
};

/// Bit i: the role includes the role with number i.
constexpr std::uint64_t included[] = {{included_initializer}};

}  // namespace

const tenon::access::policy& policy() {
    static constexpr tenon::access::policy whole = [] {
        tenon::access::policy p;
        p.roles = role_names;
        p.permissions = permission_names;
        p.matrix = matrix;
        p.at_least = included;
        p.owner_role = static_cast<std::uint16_t>(role::{{owner_role}});
        p.default_role = static_cast<std::uint16_t>(role::{{default_role}});
        {{#asked_permissions}}
        p.{{asked_as}} = static_cast<std::uint16_t>(permission::{{enumerator}});
        {{/asked_permissions}}
        return p;
    }();
    return whole;
}

}  // namespace {{service.space}}::access
