// Every endpoint on one screen: method, path, operation, who may, handler. `{{service.name.kebab}} routes` prints it.
#include "api/routes.hpp"

#include "access/permissions.hpp"
{{#handler_files}}
#include "api/{{.}}.hpp"
{{/handler_files}}

{{#handler_spaces}}
#include <tenon/{{.}}/handlers.hpp>
{{/handler_spaces}}

namespace {{service.space}}::api {

namespace {

using access::permission;
using tenon::http::method;
using tenon::service::open_route;
using tenon::service::tenant_route;
using tenon::service::user_route;
{{#handler_spaces}}
namespace {{.}} = tenon::{{.}};
{{/handler_spaces}}

constexpr tenon::service::route table[] = {
    {{#routes}}
    {{#begins_group}}

    {{/begins_group}}
    {{#permission}}
    {{maker}}(method::{{method}}, "{{path}}", "{{operation}}",
        permission::{{permission}}, {{handler}}),
    {{/permission}}
    {{^permission}}
    {{maker}}(method::{{method}}, "{{path}}", "{{operation}}", {{handler}}),
    {{/permission}}
    {{/routes}}
};

}  // namespace

std::span<const tenon::service::route> routes() {
    return table;
}

}  // namespace {{service.space}}::api
