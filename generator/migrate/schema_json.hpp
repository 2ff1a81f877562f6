// The schema as .tenon/schema.json.
#pragma once

#include <string>
#include <string_view>

#include "generator/migrate/schema.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

/// One line a column, key, check and index, so that version control shows what changed. Ends in a newline.
std::string schema_as_json(const schema& all);

/// Reads what `schema_as_json` wrote; `failure_kind::malformed` for anything else, with what is wrong in it. Never
/// throws.
outcome<schema> schema_from_json(std::string_view text);

}  // namespace tenon::gen
