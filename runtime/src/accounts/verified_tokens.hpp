// Access tokens whose signature was right a moment ago: most requests bring one that another has just brought.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operation/standing.hpp"

#include "crypto/digest.hpp"

namespace tenon::accounts {

/// What a token says whose signature is right. Times in whole seconds since 1970.
struct token_claims {
    operation::principal who;
    std::int64_t issued_at = 0;
    std::int64_t expires_at = 0;
};

/// Knows the last few thousand; another token of the same place takes it. Only for tokens that were verified: nobody
/// else can fill it. Times are not judged here. Thread-safe.
class verified_tokens {
  public:
    std::optional<token_claims> find(std::string_view token) {
        const std::size_t hash = hash_of(token);
        stripe& s = stripes_[hash % stripes_.size()];
        const std::lock_guard lock(s.mutex);
        if (s.places.empty()) return std::nullopt;
        const place& p = s.places[hash / stripes_.size() % places_per_stripe];
        if (!crypto::equal(p.token, token)) return std::nullopt;
        return p.claims;
    }
    void keep(std::string_view token, const token_claims& claims) {
        const std::size_t hash = hash_of(token);
        stripe& s = stripes_[hash % stripes_.size()];
        const std::lock_guard lock(s.mutex);
        s.places.resize(places_per_stripe);
        place& p = s.places[hash / stripes_.size() % places_per_stripe];
        p.token = token;
        p.claims = claims;
    }

  private:
    static constexpr std::size_t places_per_stripe = 64;
    struct place {
        std::string token;
        token_claims claims;
    };
    struct stripe {
        std::mutex mutex;
        std::vector<place> places;
    };
    /// The end of a token is the end of its signature, and as good as random.
    static std::size_t hash_of(std::string_view token) {
        return std::hash<std::string_view>()(token.substr(token.size() - std::min<std::size_t>(token.size(), 16)));
    }

    std::array<stripe, 64> stripes_;
};

}  // namespace tenon::accounts
