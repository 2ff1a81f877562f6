// Hashes, MACs and encodings by libsodium.
#include "crypto/digest.hpp"

#include <cstdlib>
#include <stdexcept>

#include <sodium.h>

namespace tenon::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// libsodium chooses its implementations once; until then its random source may not be open.
void ready() {
    static const int started = sodium_init();
    if (started < 0) throw std::runtime_error("libsodium could not be initialised");
}

}  // namespace

digest sha256(std::string_view data) {
    digest out;
    crypto_hash_sha256(out.data(), bytes_of(data), data.size());
    return out;
}

std::string sha256_hex(std::string_view data) {
    const digest hash = sha256(data);
    std::string out(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.pop_back();
    return out;
}

digest hmac_sha256(std::string_view key, std::string_view data) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(data), data.size());
    digest out;
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
    return std::string(view(hmac_sha256(secret, purpose)));
}

std::string base64url(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), variant);
    out.pop_back();
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &length, &end,
                                         sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(length);
    return out;
}

std::string random_bytes(std::size_t count) {
    ready();
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(std::string_view secret, std::string_view plain) {
    const std::string key = derive_key(secret, "tenon sealed value");
    std::string out = random_bytes(crypto_secretbox_NONCEBYTES);
    out.resize(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size());
    crypto_secretbox_easy(bytes_of(out) + crypto_secretbox_NONCEBYTES, bytes_of(plain), plain.size(), bytes_of(out),
                          bytes_of(key));
    return base64url(out);
}

std::optional<std::string> unseal(std::string_view secret, std::string_view sealed) {
    const auto box = from_base64url(sealed);
    constexpr std::size_t overhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (!box || box->size() < overhead) return std::nullopt;
    const std::string key = derive_key(secret, "tenon sealed value");
    const std::string_view cipher = std::string_view(*box).substr(crypto_secretbox_NONCEBYTES);
    std::string out(box->size() - overhead, '\0');
    const int failed =
        crypto_secretbox_open_easy(bytes_of(out), bytes_of(cipher), cipher.size(), bytes_of(*box), bytes_of(key));
    if (failed != 0) return std::nullopt;
    return out;
}

}  // namespace tenon::crypto
