// Percent-encoding (RFC 3986, section 2.1) and the check that decoded text is UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenon {

/// Empty for a '%' without two hex digits behind it. `plus_is_space`: as in query strings made by forms.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
/// Well-formed UTF-8 (RFC 3629) without U+0000.
bool is_clean_utf8(std::string_view text);

}  // namespace tenon
