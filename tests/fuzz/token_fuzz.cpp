// Fuzzes the check of access tokens: as they come, and signed, so that the reading of claims is reached as well.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "accounts/access_tokens.hpp"
#include "crypto/digest.hpp"

namespace {

using namespace tenon;

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string secret(32, 's');
    static const instant now{1'800'000'000'000'000};
    static const accounts::access_tokens tokens("fuzz", secret, "", std::chrono::minutes(15));
    static const std::string good =
        tokens.issue(operation::principal(user_id::generate(), uuid::generate(), std::nullopt), now);
    static const std::string header = good.substr(0, good.find('.'));
    static const std::string key = crypto::derive_key(secret, "tenon access token");

    const std::string text(reinterpret_cast<const char*>(data), size);
    require(!tokens.verify(text, now).has_value());
    require(!tokens.verify(header + "." + text, now).has_value());
    // Claims that somebody with the key signed: none may crash, and none may be of another service.
    std::string token = header + "." + crypto::base64url(text);
    token += "." + crypto::base64url(crypto::view(crypto::hmac_sha256(key, token)));
    const auto out = tokens.verify(token, now);
    require(!out.has_value() || text.find("\"fuzz\"") != text.npos);
    (void)crypto::unseal(secret, text).has_value();
    return 0;
}
