// What openapi.yaml says of entities, fields and permissions, as templates print it.
#pragma once

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Sets yaml_member, example_json, other_example_json, schema_lines, new_schema_lines.
void set_openapi(view& out, const model& product, const field_model& field);

/// Sets description_json, named_schemas and what examples of bodies need.
void set_openapi(view& out, const model& product, const entity_model& entity);

/// Sets the words of schemas that every product has, and the texts of `info`.
void set_openapi(view& out, const model& product);

}  // namespace tenon::gen
