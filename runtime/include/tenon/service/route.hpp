// A product's routes: one constexpr table, each row with its method, path, protection and handler.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include <tenon/core/task.hpp>
#include <tenon/service/call.hpp>

namespace tenon::service {

using open_handler = task<result<http::response>> (*)(open_call&);
using user_handler = task<result<http::response>> (*)(user_call&);
using tenant_handler = task<result<http::response>> (*)(tenant_call&);

/// Made only by the three functions below: there is no route without a stated protection.
class route {
  public:
    using any_handler = std::variant<open_handler, user_handler, tenant_handler>;

    constexpr http::method verb() const { return method_; }
    /// "/v1/projects/{id}": literal segments and `{parameter}` segments. Also the `route` label of metrics and logs.
    constexpr std::string_view path() const { return path_; }
    constexpr std::string_view operation() const { return operation_; }
    constexpr const any_handler& handler() const { return handler_; }
    /// Index into policy::permissions; only for tenant routes.
    constexpr std::uint16_t permission() const { return permission_; }

  private:
    constexpr route(http::method m, std::string_view path, std::string_view operation, any_handler h, std::uint16_t p)
        : method_(m), path_(path), operation_(operation), handler_(h), permission_(p) {}

    friend constexpr route open_route(http::method, std::string_view, std::string_view, open_handler);
    friend constexpr route user_route(http::method, std::string_view, std::string_view, user_handler);
    template <class Permission>
    requires std::is_enum_v<Permission>
    friend constexpr route tenant_route(http::method, std::string_view, std::string_view, Permission, tenant_handler);

    http::method method_;
    std::string_view path_;
    std::string_view operation_;
    any_handler handler_;
    std::uint16_t permission_;
};

/// For anybody: sign-up, login, webhooks that verify signatures of their own.
constexpr route open_route(http::method m, std::string_view path, std::string_view operation, open_handler h) {
    return route(m, path, operation, h, 0);
}
/// For any signed-in user, outside of a tenant.
constexpr route user_route(http::method m, std::string_view path, std::string_view operation, user_handler h) {
    return route(m, path, operation, h, 0);
}
/// For members of the token's tenant whose role has `permission` (an enumerator of the product's generated enum).
template <class Permission>
requires std::is_enum_v<Permission>
constexpr route tenant_route(http::method m, std::string_view path, std::string_view operation, Permission permission,
                             tenant_handler h) {
    return route(m, path, operation, h, static_cast<std::uint16_t>(permission));
}

}  // namespace tenon::service
