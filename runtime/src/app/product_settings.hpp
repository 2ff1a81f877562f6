// The settings of a product's own code, read where anything may be wrong with them, or with the code that reads them.
#pragma once

#include <string>
#include <vector>

#include <tenon/app/product.hpp>

namespace tenon::app {

struct product_settings {
    parts_maker make_parts;          ///< Empty where something is wrong, and where the product has none.
    field_errors errors;             ///< Of what it throws as well.
    std::vector<std::string> names;  ///< What it asked for, each once, in this order.
};

/// Names that features declare are no others'.
product_settings read_product_settings(const product& product, const environment& variables);

}  // namespace tenon::app
