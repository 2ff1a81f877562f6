// What calls offer to handlers.
#include <tenon/service/call.hpp>

#include "db/backend.hpp"

#include "service/once.hpp"
#include "service/registry.hpp"

namespace tenon::service {

std::string_view open_call::path_parameter(std::string_view name) const {
    for (const auto& [key, value] : path_parameters_) {
        if (key == name) return value;
    }
    return {};
}

access::viewer tenant_call::viewer() const {
    return access::viewer(services().policy(), role_, user());
}

db::tenant_session tenant_call::database() const {
    return db::tenant_session(part<db::backend>(*this), tenant_, request().deadline, user());
}

void tenant_call::commit_with_next(db::tenant_transaction& open) const {
    if (!call_access::claim(*this)) open.commit_with_next();
}

task<result<http::response>> tenant_call::commit(db::tenant_transaction& open, http::response answer) const {
    return service::commit(*this, open, std::move(answer));
}

result<void> tenant_call::require_own(user_id created_by) const {
    if (!only_own() || created_by == user()) return {};
    return error(errc::forbidden, "Your role allows this only for what you created yourself.", "not_creator");
}

result<void> tenant_call::require_visible_index(std::uint16_t read, user_id created_by) const {
    const access::decision may_read = services().policy().decide(role_, read);
    const bool own = may_read == access::decision::own && created_by == user();
    if (own || may_read == access::decision::allowed) return {};
    return error(errc::not_found, "There is nothing under this id.");
}

result<void> tenant_call::require_index(std::uint16_t permission) const {
    TRY_ASSIGN(const bool own, require_or_own_index(permission));
    if (!own) return {};
    return error(errc::forbidden, "Your role does not allow this.");
}

result<bool> tenant_call::require_or_own_index(std::uint16_t permission) const {
    const access::decision decided = services().policy().decide(role_, permission);
    if (decided == access::decision::denied) return error(errc::forbidden, "Your role does not allow this.");
    return decided == access::decision::own;
}

}  // namespace tenon::service
