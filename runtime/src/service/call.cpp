// What calls offer to handlers.
#include <tenon/service/call.hpp>

#include <tenon/http/etag.hpp>

#include "operation/refusals.hpp"
#include "operation/surroundings.hpp"
#include "service/call_origin.hpp"
#include "service/once.hpp"
#include "service/parts.hpp"

namespace tenon::service {

open_call::open_call(const call_origin& from, const service::services& all, const http::request& request)
    : services_(all), request_(request), rates_(from.rates), path_parameters_(from.path_parameters) {}

user_call::user_call(const call_origin& from, const service::services& all, const http::request& request)
    : open_call(from, all, request), user_(from.user), auth_session_(from.session) {}

tenant_call::tenant_call(const call_origin& from, const service::services& all, const http::request& request)
    : user_call(from, all, request), tenant_(from.tenant), role_(from.role), decision_(from.decision) {}

std::string_view open_call::path_parameter(std::string_view name) const {
    for (const auto& [key, value] : path_parameters_) {
        if (key == name) return value;
    }
    return {};
}

operation::visitor_context open_call::visitor_context() const {
    const auto& all = part<const operation::surroundings>(*this);
    return operation::visitor_context(all, request().remote_ip, request().deadline, rates_);
}

operation::user_context user_call::user_context() const {
    const auto& all = part<const operation::surroundings>(*this);
    return operation::user_context(all, user_, auth_session_, request().deadline);
}

operation::context tenant_call::context() const {
    const auto& all = part<const operation::surroundings>(*this);
    return operation::context(all, tenant_, user(), role_, operation::means::http, request().deadline, this);
}

void tenant_call::commit_with_next(db::tenant_transaction& open) const {
    if (!call_access::claim(*this)) open.commit_with_next();
}

task<result<http::response>> tenant_call::commit(db::tenant_transaction& open, http::response answer) const {
    return service::commit(*this, open, std::move(answer));
}

result<void> tenant_call::require_own(user_id created_by) const {
    if (!only_own() || created_by == user()) return {};
    return operation::not_creator();
}

result<void> tenant_call::check(std::int64_t version) const {
    return http::check_preconditions(request(), version);
}

}  // namespace tenon::service
