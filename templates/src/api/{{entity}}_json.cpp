// {{title}} as JSON: the members a client may send, and those it gets.
#include "api/{{snake}}_json.hpp"

#include <utility>

#include <tenon/http/body.hpp>
#include <tenon/json/reader.hpp>

namespace {{service.space}}::api {

void write(tenon::json::writer& out, const domain::{{type}}& value) {
    out.begin_object();
    out.member("id", value.id);
    {{#fields}}
    out.member("{{member}}", value.{{cpp_member}});
    {{/fields}}
    out.member("created_by", value.created_by);
    out.member("created_at", value.created_at);
    out.member("updated_at", value.updated_at);
    {{#soft_delete}}
    out.member("deleted_at", value.deleted_at);
    {{/soft_delete}}
    out.member("version", value.version);
    out.end_object();
}

std::string to_json(const domain::{{type}}& value) {
    tenon::json::writer out;
    write(out, value);
    return std::move(out).take();
}

tenon::result<domain::new_{{snake}}> read_new_{{snake}}(const tenon::http::request& request) {
    TRY_ASSIGN(auto body, tenon::http::json_body(request));
    tenon::field_errors errors;
    domain::new_{{snake}} input;
    tenon::json::object_reader object(body.root(), errors);
    {{#fields}}
    object.{{#required_on_create}}required{{/required_on_create}}{{^required_on_create}}optional{{/required_on_create}}("{{member}}", input.{{cpp_member}});
    {{/fields}}
    object.refuse({"id", "created_by", "created_at", "updated_at", {{#soft_delete}}"deleted_at", {{/soft_delete}}"version"}, tenon::json::read_only);
    object.finish();
    domain::validate(input, errors);
    if (!errors.empty()) return tenon::error(std::move(errors));
    return input;
}

tenon::result<domain::{{snake}}_changes> read_{{snake}}_changes(const tenon::http::request& request) {
    TRY_ASSIGN(auto body, tenon::http::json_body(request));
    tenon::field_errors errors;
    domain::{{snake}}_changes input;
    tenon::json::object_reader object(body.root(), errors);
    {{#fields}}
    {{#immutable}}
    object.refuse("{{member}}", tenon::json::immutable);
    {{/immutable}}
    {{^immutable}}
    object.optional("{{member}}", input.{{cpp_member}});
    {{/immutable}}
    {{/fields}}
    object.refuse({"id", "created_by", "created_at", "updated_at", {{#soft_delete}}"deleted_at", {{/soft_delete}}"version"}, tenon::json::read_only);
    object.finish();
    domain::validate(input, errors);
    if (!errors.empty()) return tenon::error(std::move(errors));
    return input;
}

}  // namespace {{service.space}}::api
