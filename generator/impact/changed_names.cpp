// A row for each name, the newest version last.
#include "generator/impact/changed_names.hpp"

#include <array>

namespace tenon::gen {
namespace {

using enum name_kind;

constexpr std::string_view past_the_tenant = "nothing: it led past the tenant; call.database() is the tenant's session";
constexpr std::string_view runtime_says = "nothing: only the runtime says who calls";
constexpr std::string_view command_line = "the command line of the program: migrate up, down, status";
constexpr std::string_view hook_context = "const tenon::operation::context& who";

constexpr auto rows = std::to_array<changed_name>({
    {"0.1", header, "tenon/http/call.hpp", "<tenon/service/call.hpp>"},
    {"0.1", header, "tenon/http/route.hpp", "<tenon/service/route.hpp>"},
    {"0.1", header, "tenon/app/services.hpp", "<tenon/service/services.hpp>"},
    {"0.1", header, "tenon/core/event_loop.hpp", "<tenon/loop/event_loop.hpp>"},
    {"0.1", header, "tenon/db/backend.hpp", past_the_tenant},
    {"0.1", header, "tenon/db/migrate.hpp", command_line},
    {"0.1", header, "tenon/auth/accounts.hpp", past_the_tenant},
    {"0.1", header, "tenon/auth/authenticate.hpp", "a user_route: call.user() and call.auth_session()"},
    {"0.1", header, "tenon/auth/token_lifetimes.hpp", "<tenon/accounts/token_lifetimes.hpp>"},
    {"0.1", header, "tenon/tenancy/directory.hpp", past_the_tenant},
    {"0.1", header, "tenon/tenancy/references.hpp", "<tenon/records/members.hpp>"},
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
    {"0.1", name, "tenon::app::services", "tenon::service::services"},
    {"0.1", name, "tenon::app::secret", "tenon::secret"},
    {"0.1", name, "tenon::app::tenant_names", "tenon::tenant_names"},
    {"0.1", name, "tenon::app::migration", "tenon::db::migration"},
    {"0.1", name, "tenon::app::rate", "tenon::limits::rate"},
    {"0.1", name, "tenon::app::rate_settings", "tenon::limits::rate_settings"},
    {"0.1", name, "tenon::app::token_lifetimes", "tenon::accounts::token_lifetimes"},
    {"0.1", name, "tenon::auth::token_lifetimes", "tenon::accounts::token_lifetimes"},
    {"0.1", name, "tenon::json::raw", "tenon::json_text of <tenon/core/json_text.hpp>"},
    {"0.1", name, "tenon::auth::accounts", past_the_tenant},
    {"0.1", name, "tenon::auth::authenticate", "a user_route: call.user() and call.auth_session()"},
    {"0.1", name, "tenon::auth::principal", "a user_route: call.user() and call.auth_session()"},
    {"0.1", name, "tenon::tenancy::directory", past_the_tenant},
    {"0.1", name, "tenon::tenancy::check_member", "tenon::records::check_member"},
    {"0.1", name, "tenon::tenancy::standing", past_the_tenant},
    {"0.1", name, "tenon::db::backend", past_the_tenant},
    {"0.1", name, "tenon::db::backend_transaction", past_the_tenant},
    {"0.1", name, "tenon::db::statement", past_the_tenant},
    {"0.1", name, "tenon::db::system_session", past_the_tenant},
    {"0.1", name, "tenon::db::open_options", past_the_tenant},
    {"0.1", name, "tenon::db::open",
     "in tests, service().write(tenant, text, parameters) of <tenon/testing/service.hpp>"},
    {"0.1", name, "tenon::db::migrate_up", command_line},
    {"0.1", name, "tenon::db::migrate_down", command_line},
    {"0.1", name, "tenon::db::migration_status", command_line},
    {"0.1", name, "tenon::db::migration_state", command_line},
    {"0.1", call_member, "set_user", runtime_says},
    {"0.1", call_member, "set_tenant", runtime_says},
    {"0.1", call_member, "set_claim", runtime_says},
    {"0.1", call_member, "set_rates", "nothing: the runtime counts"},
    {"0.1", call_member, "rates", "nothing: the runtime counts"},
    {"0.1", call_member, "claim", "nothing: call.commit(open, answer) keeps the answer of a key"},
    {"0.1", call_member, "set_path_parameters", "nothing: only the runtime fills them in"},
    {"0.1", service_member, "database", past_the_tenant},
    {"0.1", service_member, "accounts", past_the_tenant},
    {"0.1", service_member, "directory", past_the_tenant},
    {"0.1", service_member, "idempotency", past_the_tenant},
    {"0.1", service_member, "product", "nothing: it is the runtime's"},
    {"0.1", service_member, "isolation", "nothing: it is the runtime's"},
    {"0.1", service_member, "draining", "nothing: it is the runtime's"},
    {"0.1", service_member, "configuration", "nothing: it is the runtime's"},
    {"0.1", context_member, "services", "who.limits(), metrics(), policy() and cursors()"},
    {"0.1", hook_parameter, "tenon::http::tenant_call", hook_context},
    {"0.1", hook_parameter, "tenon::service::tenant_call", hook_context},
    {"0.1", hooks_in_use, "of_tasks",
     "std::unique_ptr<hooks::…_hooks> custom::make_…_hooks(parts&) of \"custom/hooks.hpp\""},
    {"0.1", hooks_in_use, "task_hooks_in_use", "return std::make_unique<hooks::…_hooks_in_use<custom::…_hooks>>();"},
    {"0.1", request_reader, "tenon::paging::parse_list_request", "tenon::service::read_list_request(call, shape)"},
});

}  // namespace

std::span<const changed_name> changed_names() {
    return rows;
}

}  // namespace tenon::gen
