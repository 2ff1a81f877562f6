// All routes of a product: those that its features declare, and those of its entities.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets `tag` and `tag_json` of each entity, the views in its order: under what its operations are grouped. `product`
/// has the names of the product and its tenants.
void set_tags(view::list& entities, const model& product, const view& names);

/// Sets `routes` and `handler_spaces` for the table, and `paths` and `tags` for openapi.yaml. `out` has everything else
/// of the product already.
void set_routes(view& out, const model& product);

}  // namespace tenon::gen
