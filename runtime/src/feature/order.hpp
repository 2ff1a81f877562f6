// The order of features: each behind those that it needs.
#pragma once

#include <vector>

#include "feature/feature.hpp"

namespace tenon::feature {

/// Of those that need nothing of each other, in the order of their names. Throws std::logic_error, naming it, where one
/// needs what is not there, or itself by way of others.
std::vector<declaration> in_order(std::vector<declaration> declared);

}  // namespace tenon::feature
