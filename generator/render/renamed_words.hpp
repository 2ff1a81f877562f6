// The words that renames in the spec change, in every form that generated files use.
#pragma once

#include <vector>

#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Of all entities and fields with a former name; sorted, each once.
std::vector<renamed_word> renamed_words(const model& product);

}  // namespace tenon::gen
