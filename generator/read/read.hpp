// Reading a spec: YAML text to a checked `spec`, or everything that is wrong with it.
#pragma once

#include <cstddef>

#include <tenon/core/result.hpp>

#include "generator/read/spec.hpp"
#include "generator/support/diagnostics.hpp"
#include "generator/support/source.hpp"

namespace tenon::gen {

struct read_options {
    std::size_t max_bytes = std::size_t{4} << 20;  ///< Longer texts are refused.
    std::size_t max_reported = 200;                ///< Diagnostics beyond are counted only.
    /// A spec of the last generation: what an earlier version did not ask for is taken as it was meant then.
    bool earlier = false;
    bool accept_unsupported = false;  ///< For tests: reads what is not generated yet instead of refusing it.
};

/// Reads and checks a whole spec. All mistakes are reported in one run, in the order of their places.
/// Never throws, whatever the text.
result<spec, diagnostics> read_spec(const source_text& source, const read_options& options = {});

}  // namespace tenon::gen
