// The wiring, by hand and in one place.
#include "app/product.hpp"

#include <memory>
#include <vector>

#include "access/permissions.hpp"
#include "api/routes.hpp"
#include "custom/hooks.hpp"
#include "custom/routes.hpp"
#include "embedded/api_page.hpp"
#include "embedded/migrations.hpp"
#include "embedded/openapi.hpp"
#include "embedded/openapi_json.hpp"
{{#hook_files}}
#include "hooks/{{.}}.hpp"
{{/hook_files}}
#include "storage/record_graph.hpp"

namespace {{service.space}}::app {

namespace {

std::vector<tenon::service::route> all_routes() {
    const auto generated = api::routes();
    const auto custom = custom::routes();
    std::vector<tenon::service::route> all(generated.begin(), generated.end());
    all.insert(all.end(), custom.begin(), custom.end());
    return all;
}

/// Your settings, which are checked at start; what hooks and handlers share is made of them, and then the hooks.
tenon::app::parts_maker parts(tenon::app::settings_reader& in) {
    return [read = custom::read_settings(in)](tenon::operation::product_parts& all) {
        auto& shared = all.add(std::make_unique<custom::parts>(read));
        {{#entities}}
        all.add(custom::make_{{snake}}_hooks(shared));
        {{/entities}}
    };
}

tenon::app::product wire() {
    static const std::vector<tenon::service::route> routes = all_routes();
    tenon::app::product out;
    out.name = "{{service.name.kebab}}";
    out.title = {{service.title_literal}};
    out.version = "{{service.version}}";
    out.tenant.singular = "{{tenant.name.snake}}";
    out.tenant.table = "{{tenant.table}}";
    out.tenant.column = "{{tenant.column}}";
    out.tokens.access = std::chrono::seconds({{access_token_seconds}});
    out.tokens.refresh = std::chrono::seconds({{refresh_token_seconds}});
    out.policy = access::policy();
    out.routes = routes;
    out.records = storage::record_graph;
    out.sqlite_migrations = sqlite_migrations;
    out.postgres_migrations = postgres_migrations;
    out.openapi = openapi;
    out.openapi_json = openapi_json;
    out.api_page = api_page;
    out.parts = parts;
    return out;
}

}  // namespace

const tenon::app::product& product() {
    static const tenon::app::product whole = wire();
    return whole;
}

}  // namespace {{service.space}}::app
