// Who vouches for users, passwords and tokens: one object for the whole service.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/accounts/token_lifetimes.hpp>
#include <tenon/core/secret.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/core/time.hpp>

#include "operation/standing.hpp"

namespace tenon::db {
class backend;
}

namespace tenon::accounts {

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
class authority final : public operation::authenticator {
  public:
    authority(settings wanted, db::backend& database);
    ~authority() override;
    authority(const authority&) = delete;
    authority& operator=(const authority&) = delete;

    result<operation::principal> authenticate(std::string_view authorization) const override;
    /// Signature, issuer, audience and time (leeway 5 s) of an access token, as of `now`. Whether its session still
    /// lives is asked of the directory.
    result<operation::principal> verify(std::string_view access_token, instant now) const;

    struct parts;  // accounts/authority_parts.hpp
    parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::accounts
