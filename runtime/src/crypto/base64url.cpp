// base64url by table. Tokens and cursors come from outside: how long decoding takes tells nobody a secret.
#include <array>

#include "crypto/digest.hpp"

namespace tenon::crypto {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> digits = [] {
    std::array<std::uint8_t, 256> out{};
    out.fill(no_digit);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return out;
}();

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (held += 8; held >= 6; held -= 6) out.push_back(alphabet[bits >> (held - 6) & 63]);
    }
    if (held > 0) out.push_back(alphabet[bits << (6 - held) & 63]);
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out(text.size() * 3 / 4, '\0');
    std::uint32_t bits = 0;
    std::uint8_t wrong = 0;
    int held = 0;
    std::size_t at = 0;
    for (const char c : text) {
        const std::uint8_t digit = digits[static_cast<unsigned char>(c)];
        wrong |= digit;
        bits = bits << 6 | (digit & 63);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out[at++] = static_cast<char>(bits >> held & 0xff);
    }
    const bool rest = (bits & ((1U << held) - 1)) != 0;
    if ((wrong & 0x80) != 0 || rest) return std::nullopt;
    return out;
}

}  // namespace tenon::crypto
