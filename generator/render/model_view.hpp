// The model as templates see it. Names here are the language of templates/; docs/templates.md lists them.
#pragma once

#include "generator/render/fragments.hpp"
#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Everything of the product: `service`, `tenant`, `roles`, `permissions`, `entities` ….
result<view, template_error> product_view(const model& product, const component_fragments& fragments);

/// One entity of `product.entities`; also the items of `entities` in product_view.
view entity_view(const model& product, const entity_model& entity);

}  // namespace tenon::gen
