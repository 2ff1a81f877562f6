// Users, passwords and tokens: one object for the whole service.
#pragma once

#include <memory>
#include <string_view>

#include <tenon/auth/authenticate.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/time.hpp>

namespace tenon::app {
struct configuration;
struct product;
}  // namespace tenon::app
namespace tenon::db {
class backend;
}

namespace tenon::auth {

/// Thread-safe. Keeps references: all three arguments must outlive it. Owns the threads that hash passwords.
class accounts {
  public:
    accounts(const app::product& product, const app::configuration& configuration, db::backend& database);
    ~accounts();
    accounts(const accounts&) = delete;
    accounts& operator=(const accounts&) = delete;

    /// Signature, issuer, audience and time (leeway 5 s) of an access token, as of `now`. Whether its session still
    /// lives is asked of tenancy::directory.
    result<principal> verify(std::string_view access_token, instant now) const;

    struct parts;  // runtime/src/auth/accounts_parts.hpp
    parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::auth
