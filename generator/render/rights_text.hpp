// Who may do what, in a sentence.
#pragma once

#include <cstddef>
#include <string>

#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// For which roles a permission is: an index into `model::permissions`.
std::string who_may(const model& product, std::size_t permission);

}  // namespace tenon::gen
