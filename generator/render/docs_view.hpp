// What a product's README, permissions table and deployment files need to know.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets service_title_line, those of set_settings, and sample: a list with the one record that the README's tour
/// creates (empty when every record needs another one first).
void set_docs(view& out, const model& product);

/// Sets cells: "yes", "own" or "–" for each role.
void set_docs(view& out, const permission_model& permission);

}  // namespace tenon::gen
