// What the generated tests know of an entity: values to send, who may do what, what lists can do.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets test: an object with fields, access (an item a role), actor, filters, sorts, search and flags.
void set_tests(view& out, const model& product, const entity_model& entity);

/// Sets test_access: what each role may do with the tenant and its members.
void set_tests(view& out, const model& product);

}  // namespace tenon::gen
