// JSON Schemas of fields, as lines of YAML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

using yaml_lines = std::vector<std::string>;

view::list views(const yaml_lines& all);

/// In quotes, escaped: valid in YAML as well.
std::string json_text(std::string_view text);

/// A name as a YAML key or value: in quotes when YAML 1.1 would take it for a boolean or nothing, in whatever case.
std::string yaml_key(const std::string& name);

/// The values of an enum, as the API has them.
std::vector<std::string> names_of(const field_model& field);
/// `enum: ["a", "b"]`
std::string enum_line(const std::vector<std::string>& names, bool nullable);

/// Digits in front of the point, then as many behind it as the column keeps.
std::string decimal_pattern(int precision, int scale);

/// What a record has for the field.
yaml_lines schema_lines(const model& product, const field_model& field);
/// What a request gives for it. A default is said in words and as `x-default`: generators of clients take a field with
/// a `default` for one that is always there.
yaml_lines new_schema_lines(const model& product, const field_model& field);

/// The schema that `field_model::schema` names, unless it is everybody's Money.
yaml_lines named_schema_lines(const entity_model& entity, const field_model& field);

}  // namespace tenon::gen
