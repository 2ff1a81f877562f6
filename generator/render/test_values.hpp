// Values for the generated tests: valid, different from each other, and in the form in which the service answers them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Up to `wanted` JSON values that the field takes, no two of them equal; fewer where the type has fewer. Never empty.
/// For references there is nothing to say: the tests make what is referred to.
std::vector<std::string> test_values(const field_model& field, std::size_t wanted);

/// A JSON value of a type that the field does not take; empty when it takes any.
std::string wrong_type_json(const field_model& field);

}  // namespace tenon::gen
