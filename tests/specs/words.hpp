// Names that are words of something else: of C++, SQL, HTTP, JSON, YAML, JavaScript, both databases, and of Tenon.
#pragma once

#include <string>
#include <vector>

namespace tenon::gen {

/// PascalCase.
const std::vector<std::string>& entity_words();
/// snake_case; fields, values of enums, roles.
const std::vector<std::string>& small_words();
/// What people write for other people, with what programs may take for their own.
const std::vector<std::string>& proses();
/// Those on one line, for what is a name or stands inside a sentence.
const std::vector<std::string>& prose_lines();

}  // namespace tenon::gen
