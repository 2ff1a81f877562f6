// Random specs that are valid: what people could write, with names that some language has its own ideas about.
#pragma once

#include <cstdint>
#include <functional>

#include "spec_node.hpp"

namespace tenon::gen {

struct spec_size {
    std::size_t entities = 6;  ///< At most.
    std::size_t fields = 9;    ///< At most, of values.
    /// One service and tenant for all specs, so that what they share need not be compiled anew.
    bool same_service = false;
};

/// The same for the same seed.
spec_node make_spec(std::uint64_t seed, const spec_size& size = {});

/// The spec after some changes: fields and entities that come, go, and have other types, names and rules. `valid` says
/// which changes a spec allows; those that it does not are left out.
spec_node evolve(const spec_node& before, std::uint64_t seed, const std::function<bool(const spec_node&)>& valid);

}  // namespace tenon::gen
