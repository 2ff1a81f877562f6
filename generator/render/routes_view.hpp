// All routes of a product: those that its features declare, and those of its entities.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets `routes` and `handler_spaces` for the table, and `paths` and `tags` for openapi.yaml. `out` has everything else
/// of the product already.
void set_routes(view& out, const model& product);

}  // namespace tenon::gen
