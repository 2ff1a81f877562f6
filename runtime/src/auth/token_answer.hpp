// Tokens as an answer.
#pragma once

#include <functional>

#include <tenon/accounts/operations.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/http/message.hpp>

namespace tenon::auth {

/// What makes an answer of `status` of tokens: {"access_token", "token_type", "expires_in": seconds, "refresh_token",
/// "user_id", "<tenant>_id"}, which nobody may keep. `names` outlives it.
std::function<http::response(const accounts::tokens&)> token_answer(int status, const tenant_names& names);

}  // namespace tenon::auth
