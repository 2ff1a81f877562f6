// Whose idempotency keys are meant.
#pragma once

#include <optional>

#include <tenon/core/uuid.hpp>

namespace tenon::claims {

/// Whose keys: those of a user in a tenant, of a user outside of any, or of nobody (all zeros).
struct key_scope {
    std::optional<tenant_id> tenant;
    user_id user;

    key_scope() = default;
    key_scope(std::optional<tenant_id> t, user_id u) : tenant(t), user(u) {}
    bool is_nobody() const { return !tenant && user == user_id(); }
};

}  // namespace tenon::claims
