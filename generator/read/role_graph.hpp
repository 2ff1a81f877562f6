// Which roles have the rights of which.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "generator/read/spec.hpp"

namespace tenon::gen {

/// More are refused: what a role has the rights of is kept as the bits of a number.
inline constexpr std::size_t most_roles = 64;

/// The roles whose rights `start` has, itself included; empty when there is no such role. Ends on circles, too. The
/// views are into `roles`.
std::set<std::string_view> rights_of(std::span<const role_spec> roles, const std::string& start);

}  // namespace tenon::gen
