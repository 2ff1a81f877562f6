// The editors' schema of specs, with the constructs that features declare.
#pragma once

#include <string>
#include <string_view>

#include "generator/features/chosen_features.hpp"

namespace tenon::gen {

/// `schema` (schemas/spec.schema.json) with a property for each construct; the same text where there is none.
std::string with_constructs(std::string_view schema, const feature_list& features);

}  // namespace tenon::gen
