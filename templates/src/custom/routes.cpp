{{!tenon seeded}}
// Your own routes. Each states its protection: open_route, user_route, or tenant_route with a permission.
#include "custom/routes.hpp"

namespace {{service.space}}::custom {

std::span<const tenon::service::route> routes() {
    // For example, with a handler `task<result<response>> ping(tenon::service::user_call& call)` above:
    //
    // static constexpr tenon::service::route table[] = {
    //     tenon::service::user_route(tenon::http::method::get, "/v1/ping", "ping", ping),
    // };
    // return table;
    //
    // A route of a tenant that changes something ends with `co_return co_await call.commit(open, std::move(answer));`:
    // then it happens once under an Idempotency-Key, even when the process dies half-way.
    return {};
}

}  // namespace {{service.space}}::custom
