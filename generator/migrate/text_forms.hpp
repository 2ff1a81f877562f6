// The forms that the program holds texts to (an e-mail address, a link), as conditions in SQL: as the runtime's checks
// have them, but that a name of a host is measured in characters.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// "an e-mail address". `format` is "email" or "url", here and below.
std::string form_in_words(const std::string& format);
/// "tasks.mail: rows have a text that is not an e-mail address"
std::string formless_in_words(const schema_table& table, const schema_column& column);

/// The condition under which `text` has the form; neither true nor false for NULL.
std::string postgres_has_form(const std::string& text, const std::string& format);
std::string sqlite_has_form(const std::string& text, const std::string& format);

}  // namespace tenon::gen
