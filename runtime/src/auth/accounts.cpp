// The account service: made of its parts, and the check of a request's bearer token.
#include "auth/accounts_parts.hpp"
#include "core/ascii.hpp"
#include "crypto/digest.hpp"

namespace tenon::auth {
namespace {

/// The token of "Bearer TOKEN"; the scheme's name is not case-sensitive (RFC 9110, section 11.1).
std::string_view bearer_token(std::string_view header) {
    constexpr std::string_view scheme = "Bearer ";
    if (!ascii::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) return {};
    return header.substr(scheme.size());
}

}  // namespace

accounts::parts::parts(auth::settings wanted, db::backend& d)
    : settings(std::move(wanted)),
      database(d),
      access(settings.service, settings.token_secret.reveal(), settings.previous_token_secret.reveal(),
             settings.lifetimes.access),
      passwords(settings.password_memory_kib, settings.password_passes),
      stand_in_key(crypto::derive_key(settings.token_secret.reveal(), "tenon stand-in")) {}

accounts::accounts(settings wanted, db::backend& database)
    : parts_(std::make_unique<parts>(std::move(wanted), database)) {}
accounts::~accounts() = default;

result<service::principal> accounts::verify(std::string_view access_token, instant now) const {
    return parts_->access.verify(access_token, now);
}

result<service::principal> accounts::authenticate(const http::request& request) const {
    const std::string_view header = request.header_value("Authorization");
    if (header.empty()) return error(errc::unauthorized, "Send an access token: Authorization: Bearer TOKEN.");
    const std::string_view token = bearer_token(header);
    if (token.empty()) return error(errc::unauthorized, "The access token is not valid.");
    return verify(token, instant::now());
}

}  // namespace tenon::auth
