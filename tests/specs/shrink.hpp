// The smallest spec that still has a fault.
#pragma once

#include <cstddef>
#include <functional>

#include "spec_node.hpp"

namespace tenon::gen {

/// Takes things out of `root`, and writes simpler ones, for as long as `fails` holds; it is asked at most `most` times.
/// What is taken out may leave a spec that is not valid: `fails` has to say no to that.
spec_node shrink(spec_node root, const std::function<bool(const spec_node&)>& fails, std::size_t most = 2000);

}  // namespace tenon::gen
