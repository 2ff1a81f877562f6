// SHA-256 by OpenSSL, with the algorithm looked up once: the look-up costs more than hashing a small file.
#include "generator/support/sha256.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

namespace tenon::gen {
namespace {

struct hasher {
    std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

}  // namespace

digest sha256(std::string_view bytes) {
    thread_local hasher state;
    std::array<unsigned char, 32> raw{};
    EVP_DigestInit_ex2(state.context.get(), state.algorithm.get(), nullptr);
    EVP_DigestUpdate(state.context.get(), bytes.data(), bytes.size());
    EVP_DigestFinal_ex(state.context.get(), raw.data(), nullptr);
    constexpr std::string_view hex = "0123456789abcdef";
    digest text;
    text.reserve(64);
    for (const unsigned char byte : raw) {
        text += hex[byte >> 4];
        text += hex[byte & 15];
    }
    return text;
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace tenon::gen
