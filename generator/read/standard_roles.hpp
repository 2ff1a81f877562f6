// The roles of a spec that names none.
#pragma once

#include <array>
#include <string_view>

namespace tenon::gen {

/// Each has the rights of the next.
inline constexpr std::array<std::string_view, 3> standard_roles{"owner", "admin", "member"};
/// Where a spec has roles of these names but does not say what they are for, they are for this.
inline constexpr std::string_view standard_founder = standard_roles[0];
inline constexpr std::string_view standard_manager = standard_roles[1];

}  // namespace tenon::gen
