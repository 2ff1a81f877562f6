// Checking tokens of an outside issuer.
#include "custom/plain_tokens.hpp"

#include <sodium.h>

#include <cstdint>
#include <cstdlib>
#include <optional>

#include <tenon/core/time.hpp>
#include <tenon/json/reader.hpp>

namespace bench_product::custom {

namespace {

constexpr std::string_view scheme = "Bearer ";

tenon::error refused() {
    return tenon::error(tenon::errc::unauthorized, "The access token is not valid.");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                         text.size(), nullptr, &length, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(length);
    return out;
}

/// The header must choose HS256 and nothing else: an algorithm that the token chooses is no protection.
bool is_hs256(std::string_view header) {
    const auto text = from_base64url(header);
    if (!text) return false;
    const auto document = tenon::json::document::parse(*text);
    if (!document) return false;
    tenon::field_errors errors;
    tenon::json::object_reader reader(document->root(), errors);
    std::string algorithm;
    std::string type;
    reader.required("alg", algorithm);
    reader.optional("typ", type);
    reader.finish();
    return errors.empty() && algorithm == "HS256";
}

const std::string& secret() {
    static const std::string value = [] {
        const char* set = std::getenv("JWT_SECRET");
        return std::string(set ? set : "");
    }();
    return value;
}

}  // namespace

std::string hmac_sha256(const std::string& key, std::string_view data) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(data), data.size());
    std::string out(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(out.data()));
    return out;
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

tenon::result<claims> verify(const tenon::http::request& request) {
    const std::string_view header = request.header_value("Authorization");
    if (!header.starts_with(scheme) || secret().empty()) return refused();
    const std::string_view token = header.substr(scheme.size());
    const std::size_t first = token.find('.');
    const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
    if (second == token.npos || !is_hs256(token.substr(0, first))) return refused();
    const auto signature = from_base64url(token.substr(second + 1));
    if (!signature || !equal(hmac_sha256(secret(), token.substr(0, second)), *signature)) return refused();
    const auto text = from_base64url(token.substr(first + 1, second - first - 1));
    if (!text) return refused();
    const auto document = tenon::json::document::parse(*text);
    if (!document) return refused();

    claims out;
    std::int64_t issued_at = 0;
    std::int64_t expires_at = 0;
    tenon::field_errors errors;
    tenon::json::object_reader reader(document->root(), errors);
    reader.required("sub", out.user);
    reader.required("org", out.organization);
    reader.required("role", out.role);
    reader.optional("iat", issued_at);
    reader.required("exp", expires_at);
    if (!errors.empty() || expires_at <= tenon::instant::now().micros / 1'000'000) return refused();
    return out;
}

}  // namespace bench_product::custom
