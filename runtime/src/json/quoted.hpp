// Strings and pointers of JSON.
#pragma once

#include <string>
#include <string_view>

namespace tenon::json {

/// `text` in quotes, escaped per RFC 8259; invalid UTF-8 becomes U+FFFD.
void append_quoted(std::string& out, std::string_view text);

/// "/name", escaped per RFC 6901.
void append_pointer(std::string& pointer, std::string_view name);

}  // namespace tenon::json
