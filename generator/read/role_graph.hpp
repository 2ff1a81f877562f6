// Which roles have the rights of which.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/read/spec.hpp"

namespace tenon::gen {

/// The roles whose rights `start` has, itself included; empty when there is no such role. Ends on circles, too. The
/// views are into `roles`.
std::set<std::string_view> rights_of(const std::vector<role_spec>& roles, const std::string& start);

}  // namespace tenon::gen
