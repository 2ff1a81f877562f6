// Hashes and MACs by OpenSSL, which has SHA-256 in the processor's own instructions; the rest by libsodium.
#include "crypto/digest.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
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

/// A SHA-256 under way. Each thread has one, made once: that costs more than the hash of a short text.
class sha256_stream {
  public:
    sha256_stream() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {}

    void begin() { check(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr)); }
    void update(const void* data, std::size_t size) { check(EVP_DigestUpdate(context_.get(), data, size)); }
    digest finish() {
        digest out;
        check(EVP_DigestFinal_ex(context_.get(), out.data(), nullptr));
        return out;
    }

  private:
    static void check(int done) {
        if (done != 1) throw std::runtime_error("SHA-256 failed");
    }
    struct freed {
        void operator()(EVP_MD* m) const { EVP_MD_free(m); }
        void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
    };
    std::unique_ptr<EVP_MD, freed> algorithm_;
    std::unique_ptr<EVP_MD_CTX, freed> context_;
};

sha256_stream& of_this_thread() {
    thread_local sha256_stream stream;
    stream.begin();
    return stream;
}

}  // namespace

digest sha256(std::string_view data) {
    sha256_stream& stream = of_this_thread();
    stream.update(data.data(), data.size());
    return stream.finish();
}

std::string sha256_hex(std::string_view data) {
    const digest hash = sha256(data);
    std::string out(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.pop_back();
    return out;
}

digest hmac_sha256(std::string_view key, std::string_view data) {
    constexpr std::size_t block = 64;
    std::array<std::uint8_t, block> inner{};
    const digest short_key = key.size() > block ? sha256(key) : digest{};
    if (key.size() > block) key = view(short_key);
    std::copy(key.begin(), key.end(), inner.begin());
    std::array<std::uint8_t, block> outer = inner;
    for (std::uint8_t& byte : inner) byte ^= 0x36;
    for (std::uint8_t& byte : outer) byte ^= 0x5c;

    sha256_stream& stream = of_this_thread();
    stream.update(inner.data(), inner.size());
    stream.update(data.data(), data.size());
    const digest first = stream.finish();
    stream.begin();
    stream.update(outer.data(), outer.size());
    stream.update(first.data(), first.size());
    return stream.finish();
}

std::string derive_key(std::string_view secret, std::string_view purpose) {
    return std::string(view(hmac_sha256(secret, purpose)));
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
