// Making and checking access tokens.
#include "accounts/access_tokens.hpp"

#include <algorithm>

#include <tenon/json/reader.hpp>
#include <tenon/json/writer.hpp>

#include "crypto/digest.hpp"

namespace tenon::accounts {
namespace {

constexpr std::size_t token_length_max = 2048;
constexpr std::chrono::seconds leeway(5);

error refused() {
    return error(errc::unauthorized, "The access token is not valid.");
}

std::int64_t seconds_of(instant time) {
    return time.micros / 1'000'000;
}

struct payload_members : token_claims {
    std::string issuer;
    std::string audience;
    std::string token_id;
};

/// False unless the payload has exactly the members that `issue` writes.
bool decode_claims(const std::string& text, payload_members& out) {
    const auto document = json::document::parse(text);
    if (!document) return false;
    field_errors errors;
    json::object_reader reader(document->root(), errors);
    std::optional<uuid> tenant;
    reader.required("iss", out.issuer);
    reader.required("aud", out.audience);
    reader.required("sub", out.who.user.value);
    reader.required("sid", out.who.session);
    reader.optional("tid", tenant);
    reader.required("iat", out.issued_at);
    reader.required("exp", out.expires_at);
    reader.required("jti", out.token_id);
    reader.finish();
    if (tenant) out.who.tenant = tenant_id(*tenant);
    return errors.empty();
}

result<operation::principal> judged_by_time(const token_claims& claims, instant now) {
    const std::int64_t time = seconds_of(now);
    if (claims.issued_at > time + leeway.count()) return refused();
    if (claims.expires_at + leeway.count() <= time)
        return error(errc::unauthorized, "The access token has expired.", "token_expired");
    return claims.who;
}

}  // namespace

access_tokens::access_tokens(std::string issuer, std::string_view secret, std::string_view previous_secret,
                             std::chrono::seconds lifetime)
    : issuer_(std::move(issuer)), lifetime_(lifetime) {
    keys_.push_back(make_key(secret));
    if (!previous_secret.empty()) keys_.push_back(make_key(previous_secret));
}

access_tokens::key access_tokens::make_key(std::string_view secret) {
    const std::string id = crypto::base64url(crypto::derive_key(secret, "tenon access token key id").substr(0, 6));
    key out;
    out.header = crypto::base64url(R"({"alg":"HS256","typ":"at+jwt","kid":")" + id + "\"}");
    out.secret = crypto::derive_key(secret, "tenon access token");
    return out;
}

std::string access_tokens::issue(const operation::principal& who, instant now) const {
    json::writer payload;
    payload.begin_object();
    payload.member("iss", issuer_);
    payload.member("aud", issuer_);
    payload.member("sub", who.user);
    payload.member("sid", who.session);
    if (who.tenant) payload.member("tid", *who.tenant);
    payload.member("iat", seconds_of(now));
    payload.member("exp", seconds_of(now) + lifetime_.count());
    payload.member("jti", uuid::generate());
    payload.end_object();
    const key& signing = keys_.front();
    std::string out = signing.header + "." + crypto::base64url(payload.text());
    const crypto::digest mac = crypto::hmac_sha256(signing.secret, out);
    return out + "." + crypto::base64url(crypto::view(mac));
}

result<operation::principal> access_tokens::verify(std::string_view token, instant now) const {
    if (token.size() > token_length_max) return refused();
    if (const auto known = verified_->find(token)) return judged_by_time(*known, now);
    const std::size_t first = token.find('.');
    const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos) return refused();
    const std::string_view header = token.substr(0, first);
    const auto signer =
        std::find_if(keys_.begin(), keys_.end(), [&](const key& each) { return each.header == header; });
    if (signer == keys_.end()) return refused();
    const auto given = crypto::from_base64url(token.substr(second + 1));
    const crypto::digest mac = crypto::hmac_sha256(signer->secret, token.substr(0, second));
    if (!given || !crypto::equal(crypto::view(mac), *given)) return refused();
    TRY_ASSIGN(const token_claims claims, read_claims(token.substr(first + 1, second - first - 1)));
    verified_->keep(token, claims);
    return judged_by_time(claims, now);
}

result<token_claims> access_tokens::read_claims(std::string_view payload) const {
    const auto text = crypto::from_base64url(payload);
    payload_members found;
    if (!text || !decode_claims(*text, found)) return refused();
    if (found.issuer != issuer_ || found.audience != issuer_) return refused();
    return token_claims(found);
}

}  // namespace tenon::accounts
