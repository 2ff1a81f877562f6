// The operations on {{plural_lower_title}} over HTTP.
#pragma once

#include <tenon/core/task.hpp>
#include <tenon/service/call.hpp>

namespace {{service.space}}::api {

tenon::task<tenon::result<tenon::http::response>> list_{{plural_snake}}(tenon::service::tenant_call& call);
tenon::task<tenon::result<tenon::http::response>> create_{{snake}}(tenon::service::tenant_call& call);
tenon::task<tenon::result<tenon::http::response>> get_{{snake}}(tenon::service::tenant_call& call);
tenon::task<tenon::result<tenon::http::response>> update_{{snake}}(tenon::service::tenant_call& call);
tenon::task<tenon::result<tenon::http::response>> delete_{{snake}}(tenon::service::tenant_call& call);
{{#soft_delete}}
tenon::task<tenon::result<tenon::http::response>> restore_{{snake}}(tenon::service::tenant_call& call);
{{/soft_delete}}
{{#has_purge}}
tenon::task<tenon::result<tenon::http::response>> purge_{{snake}}(tenon::service::tenant_call& call);
{{/has_purge}}

}  // namespace {{service.space}}::api
