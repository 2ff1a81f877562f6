// Users, passwords and tokens: one object for the whole service.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/auth/token_lifetimes.hpp>
#include <tenon/core/secret.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/core/time.hpp>

#include "service/standing.hpp"

namespace tenon::db {
class backend;
}

namespace tenon::auth {

struct settings {
    std::string service;  ///< Its name: issuer and audience of tokens.
    tenant_names tenant;
    access::policy policy;  ///< Whose new users found a tenant as its owner.
    token_lifetimes lifetimes;
    secret token_secret;
    secret previous_token_secret;         ///< May be empty; tokens under it are accepted while secrets are changed.
    std::size_t password_memory_kib = 0;  ///< argon2id's m
    std::size_t password_passes = 0;      ///< argon2id's t
};

/// Thread-safe. Keeps a reference: the database must outlive it. Owns the threads that hash passwords.
class accounts final : public service::authenticator {
  public:
    accounts(settings wanted, db::backend& database);
    ~accounts() override;
    accounts(const accounts&) = delete;
    accounts& operator=(const accounts&) = delete;

    result<service::principal> authenticate(const http::request& request) const override;
    /// Signature, issuer, audience and time (leeway 5 s) of an access token, as of `now`. Whether its session still
    /// lives is asked of the directory.
    result<service::principal> verify(std::string_view access_token, instant now) const;

    struct parts;  // auth/accounts_parts.hpp
    parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::auth
