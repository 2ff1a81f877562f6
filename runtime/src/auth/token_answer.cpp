// Tokens as JSON (RFC 6749, section 5.1).
#include "auth/token_answer.hpp"

#include <tenon/json/writer.hpp>

namespace tenon::auth {

std::function<http::response(const accounts::tokens&)> token_answer(int status, const tenant_names& names) {
    return [status, &names](const accounts::tokens& made) {
        json::writer out;
        out.begin_object();
        out.member("access_token", made.access_token);
        out.member("token_type", "Bearer");
        out.member("expires_in", static_cast<std::int64_t>(made.access_lifetime.count()));
        out.member("refresh_token", made.refresh_token);
        out.member("user_id", made.user);
        out.member(names.column, made.tenant);
        out.end_object();
        return http::response(status, std::move(out).take()).with("Cache-Control", "no-store");
    };
}

}  // namespace tenon::auth
