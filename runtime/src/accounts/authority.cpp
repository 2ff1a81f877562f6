// Made of its parts; and the check of a bearer token.
#include "accounts/authority_parts.hpp"
#include "core/ascii.hpp"
#include "crypto/digest.hpp"

namespace tenon::accounts {
namespace {

/// The token of "Bearer TOKEN"; the scheme's name is not case-sensitive (RFC 9110, section 11.1).
std::string_view bearer_token(std::string_view header) {
    constexpr std::string_view scheme = "Bearer ";
    if (!ascii::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) return {};
    return header.substr(scheme.size());
}

}  // namespace

authority::parts::parts(accounts::settings wanted, db::backend& d)
    : settings(std::move(wanted)),
      database(d),
      access(settings.service, settings.token_secret.reveal(), settings.previous_token_secret.reveal(),
             settings.lifetimes.access),
      passwords(settings.password_memory_kib, settings.password_passes),
      stand_in_key(crypto::derive_key(settings.token_secret.reveal(), "tenon stand-in")) {}

authority::authority(settings wanted, db::backend& database)
    : parts_(std::make_unique<parts>(std::move(wanted), database)) {}
authority::~authority() = default;

result<operation::principal> authority::verify(std::string_view access_token, instant now) const {
    return parts_->access.verify(access_token, now);
}

result<operation::principal> authority::authenticate(std::string_view authorization) const {
    if (authorization.empty()) return error(errc::unauthorized, "Send an access token: Authorization: Bearer TOKEN.");
    const std::string_view token = bearer_token(authorization);
    if (token.empty()) return error(errc::unauthorized, "The access token is not valid.");
    return verify(token, instant::now());
}

}  // namespace tenon::accounts
