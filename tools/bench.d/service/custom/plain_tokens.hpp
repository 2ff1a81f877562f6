// Access tokens of an outside issuer: JSON Web Tokens that name user, organization and role themselves.
#pragma once

#include <string>

#include <tenon/core/error.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/http/message.hpp>

namespace bench_product::custom {

/// What a valid token says.
struct claims {
    tenon::user_id user;
    tenon::tenant_id organization;
    std::string role;
};

/// HMAC-SHA256 (RFC 2104).
std::string hmac_sha256(const std::string& key, std::string_view data);

/// Compares in time that depends on the lengths only.
bool equal(std::string_view a, std::string_view b);

/// The bearer token of the request, signed with the variable JWT_SECRET by HS256 and not expired; else
/// errc::unauthorized. Nothing is cached.
tenon::result<claims> verify(const tenon::http::request& request);

}  // namespace bench_product::custom
