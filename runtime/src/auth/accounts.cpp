// The account service: made of its parts, and the check of a request's bearer token.
#include <tenon/app/configuration.hpp>
#include <tenon/app/services.hpp>

#include "auth/accounts_parts.hpp"
#include "crypto/digest.hpp"

namespace tenon::auth {
namespace {

/// The token of "Bearer TOKEN"; the scheme's name is not case-sensitive (RFC 9110, section 11.1).
std::string_view bearer_token(std::string_view header) {
    constexpr std::string_view scheme = "bearer ";
    if (header.size() < scheme.size()) return {};
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = header[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) return {};
    }
    return header.substr(scheme.size());
}

}  // namespace

accounts::parts::parts(const app::product& p, const app::configuration& c, db::backend& d)
    : product(p),
      database(d),
      access(std::string(p.name), c.token_secret.reveal(), c.previous_token_secret.reveal(), p.tokens.access),
      passwords(c.password_memory_kib, c.password_passes),
      stand_in_key(crypto::derive_key(c.token_secret.reveal(), "tenon stand-in")) {}

accounts::accounts(const app::product& product, const app::configuration& configuration, db::backend& database)
    : parts_(std::make_unique<parts>(product, configuration, database)) {}
accounts::~accounts() = default;

result<principal> accounts::verify(std::string_view access_token, instant now) const {
    return parts_->access.verify(access_token, now);
}

result<principal> authenticate(const app::services& services, const http::request& request) {
    const std::string_view header = request.header_value("Authorization");
    if (header.empty()) return error(errc::unauthorized, "Send an access token: Authorization: Bearer TOKEN.");
    const std::string_view token = bearer_token(header);
    if (token.empty()) return error(errc::unauthorized, "The access token is not valid.");
    const accounts& all = services.accounts();
    return all.verify(token, all.internals().now());
}

}  // namespace tenon::auth
