// The features that a spec asks for.
#pragma once

#include "generator/features/chosen_features.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

/// Those that every product has, and those that the spec switches on.
feature_list features_of(const spec& all);

}  // namespace tenon::gen
