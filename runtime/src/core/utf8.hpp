// Well-formedness of UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace tenon {

/// Bytes of the well-formed sequence at the front of `text` (RFC 3629): 1 to 4, or 0 when there is none.
/// Requires: `text` is not empty.
std::size_t utf8_sequence_length(std::string_view text);

/// Whether all of it is well-formed.
bool is_utf8(std::string_view text);

}  // namespace tenon
