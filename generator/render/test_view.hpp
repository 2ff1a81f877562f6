// What the generated tests know of an entity: values to send, who may do what, what lists can do.
#pragma once

#include <vector>

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// By their numbers: whether some role can make a record of the entity, with everything that it has to refer to. What
/// refers to itself, over whatever, cannot be made.
std::vector<bool> makeable_entities(const model& product);

/// Sets test: an object with fields, access (an item a role), actor, filters, sorts, search and flags. `can_be_made`:
/// see above.
void set_tests(view& out, const model& product, const entity_model& entity, bool can_be_made);

/// Sets test_access: what each role may do with the tenant and its members.
void set_tests(view& out, const model& product);

}  // namespace tenon::gen
