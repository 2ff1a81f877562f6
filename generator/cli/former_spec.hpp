// What has another name than in the last generation: the former spec beside the new one.
#pragma once

#include "generator/plan/bases.hpp"
#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Adds the renames since the spec that the project was last generated from; one that this version cannot read adds
/// none.
void add_renames(tree& files, const model& product, const base_texts& bases);

}  // namespace tenon::gen
