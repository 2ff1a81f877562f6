// Hashes, MACs and text encodings that tokens, cursors and migrations share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::crypto {

using digest = std::array<std::uint8_t, 32>;

digest sha256(std::string_view data);
/// Lower-case, 64 characters.
std::string sha256_hex(std::string_view data);
/// HMAC-SHA256 (RFC 2104) with a key of any length.
digest hmac_sha256(std::string_view key, std::string_view data);
/// A key of its own for one purpose, so that one configured secret never signs two kinds of things.
std::string derive_key(std::string_view secret, std::string_view purpose);

/// URL alphabet without padding (RFC 4648, section 5).
std::string base64url(std::string_view bytes);
/// Strict: no padding, no other characters, no non-zero trailing bits.
std::optional<std::string> from_base64url(std::string_view text);

/// From the system's CSPRNG.
std::string random_bytes(std::size_t count);
/// In time that depends on the lengths only.
bool equal(std::string_view a, std::string_view b);

/// XSalsa20-Poly1305 under a key derived from `secret`; the nonce stands in front. base64url text.
std::string seal(std::string_view secret, std::string_view plain);
/// Empty when `sealed` was not made from `secret`.
std::optional<std::string> unseal(std::string_view secret, std::string_view sealed);

inline std::string_view view(const digest& d) {
    return std::string_view(reinterpret_cast<const char*>(d.data()), d.size());
}

}  // namespace tenon::crypto
