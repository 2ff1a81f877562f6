// What openapi.yaml says about the query parameters of lists.
#pragma once

#include <string>

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// True when the word null finds records without a value: not where an enum has a value of that name.
bool finds_missing(const entity_model& entity, const list_column_model& column);

/// The order of lists that are not asked for one: "name", "-created_at".
std::string usual_sort(const entity_model& entity);

/// Sets filter_parameters (name, description_json and schema_lines of each), sort_values, default_sort,
/// sort_description_json and searched.
void set_list_parameters(view& out, const entity_model& entity);

}  // namespace tenon::gen
