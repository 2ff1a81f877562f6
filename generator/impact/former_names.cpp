// The list. A line a name: whoever moves or removes something that is public adds one, and `tools/update-goldens` brings
// it into docs/upgrading.md. tests/surface tells when one is missing.
#include "generator/impact/former_names.hpp"

#include <array>

namespace tenon::gen {
namespace {

using enum former_kind;

constexpr std::string_view past_tenant = "it led past the tenant; `call.database()` is the session of the caller's tenant";
constexpr std::string_view proved = "only the runtime says who calls";
constexpr std::string_view rows_in_tests =
    "tests write rows with `service().write(tenant, text, parameters)` of `<tenon/testing/service.hpp>`";
constexpr std::string_view steps_in_tests = "tests go through migrations with `<tenon/testing/migrations.hpp>`";
constexpr std::string_view as_call = "`who` has the same `user()`, `tenant()`, `role()`, `viewer()`, `database()`, `require…()`";

// clang-format off
constexpr auto rows = std::to_array<former_name>({
    {"0.1", header, "tenon/http/call.hpp", "tenon/service/call.hpp"},
    {"0.1", header, "tenon/http/route.hpp", "tenon/service/route.hpp"},
    {"0.1", header, "tenon/app/services.hpp", "tenon/service/services.hpp"},
    {"0.1", header, "tenon/core/event_loop.hpp", "tenon/loop/event_loop.hpp"},
    {"0.1", header, "tenon/db/backend.hpp", "", past_tenant},
    {"0.1", header, "tenon/db/migrate.hpp", "", steps_in_tests},
    {"0.1", header, "tenon/auth/accounts.hpp", "", past_tenant},
    {"0.1", header, "tenon/auth/authenticate.hpp", "", proved},
    {"0.1", header, "tenon/tenancy/directory.hpp", "", past_tenant},
    {"0.1", name, "before_*(tenon::http::tenant_call&", "const tenon::operation::context&", as_call},
    {"0.1", name, "after_*(tenon::http::tenant_call&", "const tenon::operation::context&", as_call},
    {"0.1", name, "before_*(tenon::service::tenant_call&", "const tenon::operation::context&", as_call},
    {"0.1", name, "after_*(tenon::service::tenant_call&", "const tenon::operation::context&", as_call},
    {"0.1", name, "tenon::http::open_call", "tenon::service::open_call"},
    {"0.1", name, "tenon::http::user_call", "tenon::service::user_call"},
    {"0.1", name, "tenon::http::tenant_call", "tenon::service::tenant_call"},
    {"0.1", name, "tenon::http::route", "tenon::service::route"},
    {"0.1", name, "tenon::http::open_route", "tenon::service::open_route"},
    {"0.1", name, "tenon::http::user_route", "tenon::service::user_route"},
    {"0.1", name, "tenon::http::tenant_route", "tenon::service::tenant_route"},
    {"0.1", name, "tenon::http::open_handler", "tenon::service::open_handler"},
    {"0.1", name, "tenon::http::user_handler", "tenon::service::user_handler"},
    {"0.1", name, "tenon::http::tenant_handler", "tenon::service::tenant_handler"},
    {"0.1", name, "tenon::paging::parse_list_request(call.request()", "tenon::service::read_list_request(call, shape)", "of `<tenon/service/lists.hpp>`"},
    {"0.1", name, "tenon::app::services", "tenon::service::services", "it has `policy()`, `cursors()`, `limits()`, `metrics()`"},
    {"0.1", name, "services.database(", "", past_tenant},
    {"0.1", name, "services.accounts(", "", past_tenant},
    {"0.1", name, "services.directory(", "", past_tenant},
    {"0.1", name, "services.idempotency(", "", past_tenant},
    {"0.1", name, "services.product(", "", past_tenant},
    {"0.1", name, "services.configuration(", "", past_tenant},
    {"0.1", name, "services.isolation(", "", past_tenant},
    {"0.1", name, "services.draining(", "", "readiness is the runtime's to tell"},
    {"0.1", name, "call.set_user(", "", proved},
    {"0.1", name, "call.set_tenant(", "", proved},
    {"0.1", name, "call.set_claim(", "", proved},
    {"0.1", name, "call.set_rates(", "", proved},
    {"0.1", name, "call.set_path_parameters(", "", proved},
    {"0.1", name, "who.services(", "", "`who` has `limits()`, `metrics()`, `policy()`, `cursors()`"},
    {"0.1", name, "tenon::app::secret", "tenon::secret"},
    {"0.1", name, "tenon::app::tenant_names", "tenon::tenant_names"},
    {"0.1", name, "tenon::app::migration", "tenon::db::migration"},
    {"0.1", name, "tenon::app::rate", "tenon::limits::rate"},
    {"0.1", name, "tenon::app::rate_settings", "tenon::limits::rate_settings"},
    {"0.1", name, "tenon::app::token_lifetimes", "tenon::auth::token_lifetimes"},
    {"0.1", name, "tenon::auth::accounts", "", past_tenant},
    {"0.1", name, "tenon::auth::authenticate", "", proved},
    {"0.1", name, "tenon::auth::principal", "", proved},
    {"0.1", name, "tenon::tenancy::directory", "", past_tenant},
    {"0.1", name, "tenon::tenancy::standing", "", past_tenant},
    {"0.1", name, "tenon::db::backend", "", past_tenant},
    {"0.1", name, "tenon::db::backend_transaction", "", past_tenant},
    {"0.1", name, "tenon::db::system_session", "", past_tenant},
    {"0.1", name, "tenon::db::statement", "", past_tenant},
    {"0.1", name, "tenon::db::open", "", rows_in_tests},
    {"0.1", name, "tenon::db::open_options", "", rows_in_tests},
    {"0.1", name, "tenon::db::migrate_up", "", steps_in_tests},
    {"0.1", name, "tenon::db::migrate_down", "", steps_in_tests},
    {"0.1", name, "tenon::db::migration_state", "", steps_in_tests},
    {"0.1", name, "tenon::db::migration_status", "", steps_in_tests},
});
// clang-format on

}  // namespace

std::span<const former_name> former_names() {
    return rows;
}

std::span<const former_object> former_objects() {
    static const std::vector<former_object> all{
        {"call",
         {"tenon::http::open_call", "tenon::http::user_call", "tenon::http::tenant_call", "tenon::service::open_call",
          "tenon::service::user_call", "tenon::service::tenant_call"}},
        {"services", {"tenon::app::services", "tenon::service::services"}, "call.services()"},
        {"who", {"tenon::operation::context"}},
    };
    return all;
}

}  // namespace tenon::gen
