// What deletions and refs have to do with one another, as templates see it. See docs/deletion.md.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets kinds, record_references and has_record_references: the graph as C++ initializers.
void set_records(view& out, const model& product);

/// Sets kind and read_number, by which the graph knows the entity, and what it needs of purges and trees.
void set_records(view& out, const model& product, const entity_model& entity);

/// Sets tree and viewer.
void set_records(view& out, const field_model& field);

}  // namespace tenon::gen
