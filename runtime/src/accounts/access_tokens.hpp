// Access tokens: JSON Web Tokens (RFC 9068's "at+jwt") signed with HMAC-SHA256 by this service, for this service.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/time.hpp>

#include "accounts/verified_tokens.hpp"
#include "operation/standing.hpp"

namespace tenon::accounts {

class access_tokens {
  public:
    /// `issuer` is issuer and audience at once. `previous_secret` (may be empty) is still accepted, never used to sign.
    access_tokens(std::string issuer, std::string_view secret, std::string_view previous_secret,
                  std::chrono::seconds lifetime);

    std::string issue(const operation::principal& who, instant now) const;
    /// The header is compared as a whole with the ones this service writes: there is no algorithm to choose.
    result<operation::principal> verify(std::string_view token, instant now) const;
    std::chrono::seconds lifetime() const { return lifetime_; }

  private:
    struct key {
        std::string header;  ///< base64url, with the key's id
        std::string secret;
    };
    static key make_key(std::string_view secret);
    result<token_claims> read_claims(std::string_view payload) const;

    const std::string issuer_;
    const std::chrono::seconds lifetime_;
    std::vector<key> keys_;  // the first one signs
    const std::unique_ptr<verified_tokens> verified_ = std::make_unique<verified_tokens>();
};

}  // namespace tenon::accounts
