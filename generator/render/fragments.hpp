// What features say under `components` of openapi.yaml: runtime/features/NAME/openapi.yaml, in the language of
// templates.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tenon/core/result.hpp>

#include "generator/features/chosen_features.hpp"
#include "generator/render/template.hpp"
#include "generator/render/view.hpp"

namespace tenon::gen {

/// The name of a feature -> its text.
using component_fragments = std::map<std::string, std::string_view, std::less<>>;

/// Sets feature_security_schemes, feature_parameters, feature_headers, feature_responses and feature_schemas (lists of
/// lines), and problem_codes. `product` has everything that the fragments print.
result<void, template_error> set_components(view& product, const feature_list& features,
                                            const component_fragments& fragments);

}  // namespace tenon::gen
