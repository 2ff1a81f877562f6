// The parts of an entity's SQL statements, as templates put them together.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets select_list, insert_columns, insert_parameters, update_assignments, live, the positions of the generated
/// columns, and the list shape: filters, sorts, search, row_bytes_max.
void set_sql(view& out, const entity_model& entity);

}  // namespace tenon::gen
