// SHA-256 as lower-case hexadecimal text, and the digest of what is not there.
#pragma once

#include <string>
#include <string_view>

namespace tenon::gen {

/// 64 lower-case hexadecimal digits, or `absent`.
using digest = std::string;

/// The digest of a file that does not exist; a state to be checked like any other.
inline const digest absent = "absent";

digest sha256(std::string_view bytes);

/// Whether `text` is a digest in the form `sha256` writes (not `absent`).
bool is_sha256(std::string_view text);

}  // namespace tenon::gen
