// Who may do what: the permission matrix of a product, as data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tenon::access {

enum class decision : std::uint8_t {
    denied,
    own,  ///< Only on rows that the caller created.
    allowed,
};

/// A product's roles × permissions. Generated as constexpr data in src/access/; both indexes are the generated enums'.
struct policy {
    std::span<const std::string_view> roles;        ///< Role names, by role index.
    std::span<const std::string_view> permissions;  ///< "project:read", by permission index.
    std::span<const decision> matrix;               ///< roles.size() × permissions.size(), row by row.
    std::span<const std::uint64_t> at_least;        ///< Per role: bit set of the roles it includes, itself among them.
    std::uint16_t owner_role = 0;                   ///< Given to whoever founds a tenant; a tenant keeps at least one.
    std::uint16_t default_role = 0;                 ///< Given to members when no role is named.
    // The permissions that the built-in operations ask for; one that is not set is nobody's.
    static constexpr std::uint16_t nobodys = 0xffff;
    std::uint16_t read_members = nobodys;
    std::uint16_t manage_members = nobodys;
    std::uint16_t read_tenant = nobodys;
    std::uint16_t manage_tenant = nobodys;

    decision decide(std::uint16_t role, std::uint16_t permission) const {
        if (permission >= permissions.size()) return decision::denied;
        return matrix[role * permissions.size() + permission];
    }
    /// True when `role` is `other` or inherits from it: only owners may grant a role that theirs does not include.
    bool includes(std::uint16_t role, std::uint16_t other) const { return (at_least[role] >> other) & 1U; }
};

}  // namespace tenon::access
