// The environment variables of a product, for its README and its deployment files.
#pragma once

#include <string>

#include "generator/features/chosen_features.hpp"
#include "generator/render/view.hpp"

namespace tenon::gen {

/// Sets settings, a list for all variables: name, required, default, comment_lines, cells ("`NAME` | default |
/// meaning"); and passed_settings, a list of lines that hand on to a container what its image does not set.
void set_settings(view& out, const feature_list& features, const std::string& service);

/// A table in Markdown of all variables, for a service of this name.
std::string settings_table(const feature_list& features, const std::string& service);

}  // namespace tenon::gen
