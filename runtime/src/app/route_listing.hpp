// The routes of a product as a table for people.
#pragma once

#include <string>

#include <tenon/app/product.hpp>

namespace tenon::app {

/// One line per route: method, path, operation, who may.
std::string list_routes(const product& product);

/// "anyone", "signed in", or the permission and the roles that have it, such as
/// "task:update: owner, admin, member (own)".
std::string who_may(const service::route& route, const access::policy& policy);

}  // namespace tenon::app
