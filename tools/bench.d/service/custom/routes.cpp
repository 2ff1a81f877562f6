// Routes for users of an outside issuer, whose tokens name organization and role: the plainest form of the API, as
// small services have it, over the generated repository.
#include "custom/routes.hpp"

#include <sodium.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "access/permissions.hpp"
#include "custom/plain_tokens.hpp"
#include "operation/registry.hpp"
#include "storage/project_repository.hpp"

#include <tenon/app/handlers.hpp>
#include <tenon/app/product.hpp>
#include <tenon/http/body.hpp>
#include <tenon/json/reader.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/services.hpp>

#include "db/backend.hpp"

namespace bench_product::custom {

namespace {

namespace projects = storage::projects;
using access::permission;
using tenon::errc;
using tenon::error;
using tenon::result;
using tenon::task;
using tenon::http::response;
using tenon::service::open_call;

/// Who asks, if their role has the permission.
result<claims> allowed(const open_call& call, permission wanted) {
    TRY_ASSIGN(auto who, verify(call.request()));
    const auto& policy = call.services().policy();
    for (std::uint16_t role = 0; role < policy.roles.size(); ++role) {
        if (policy.roles[role] != who.role) continue;
        if (policy.decide(role, static_cast<std::uint16_t>(wanted)) == tenon::access::decision::allowed) return who;
    }
    return error(errc::forbidden, "Your role does not allow this.");
}

tenon::db::tenant_session database_of(const open_call& call, const claims& who) {
    return tenon::db::tenant_session(call.services().internals().get<tenon::db::backend>(), who.organization,
                                     call.request().deadline);
}

/// Whole seconds are written without a fraction.
std::string short_time(tenon::instant time) {
    std::string out = time.to_string();
    constexpr std::string_view no_fraction = ".000000Z";
    if (out.ends_with(no_fraction)) out.replace(out.size() - no_fraction.size(), std::string::npos, "Z");
    return out;
}

void write(tenon::json::writer& out, const domain::project& value, tenon::tenant_id organization) {
    out.begin_object();
    out.member("id", value.id);
    out.member("org_id", organization);
    out.member("name", value.name);
    out.member("status", value.status);
    out.member("budget", value.budget);
    out.member("created_at", short_time(value.created_at));
    out.end_object();
}

std::string to_json(const domain::project& value, tenon::tenant_id organization) {
    tenon::json::writer out;
    write(out, value, organization);
    return std::move(out).take();
}

/// ?limit=20&after=CURSOR, oldest first.
result<tenon::paging::list_request> page_of(const open_call& call) {
    tenon::paging::list_request out;
    out.sort = &projects::shape.sorts.front();
    out.descending = false;
    out.table = projects::shape.table;
    const error bad(errc::bad_request, "The query is not valid.", "bad_query");
    for (const auto& [name, value] : tenon::http::parse_query(call.request().query)) {
        if (name == "after") {
            TRY(call.services().cursors().decode(value, out));
        } else if (name == "limit") {
            const auto read = std::from_chars(value.data(), value.data() + value.size(), out.limit);
            if (read.ec != std::errc() || read.ptr != value.data() + value.size()) return bad;
        } else {
            return bad;
        }
    }
    if (out.limit < 1 || out.limit > 100) return bad;
    return out;
}

task<result<response>> get_project(open_call& call) {
    CO_TRY_ASSIGN(auto who, allowed(call, permission::project_read));
    CO_TRY_ASSIGN(auto id, call.path_id<domain::project>("id"));
    auto database = database_of(call, who);
    CO_TRY_ASSIGN(auto found, co_await projects::find(database, id));
    co_return tenon::http::ok(to_json(found, who.organization));
}

task<result<response>> list_projects(open_call& call) {
    CO_TRY_ASSIGN(auto who, allowed(call, permission::project_read));
    CO_TRY_ASSIGN(auto request, page_of(call));
    auto database = database_of(call, who);
    CO_TRY_ASSIGN(auto page, co_await projects::list(database, request, call.services().cursors()));
    tenon::json::writer out;
    out.begin_object();
    out.key("items");
    out.begin_array();
    for (const auto& item : page.items) write(out, item, who.organization);
    out.end_array();
    page.next_cursor.empty() ? (out.key("next"), out.null()) : out.member("next", page.next_cursor);
    out.end_object();
    co_return tenon::http::ok(std::move(out).take());
}

result<domain::new_project> read_new_project(const tenon::http::request& request) {
    TRY_ASSIGN(auto body, tenon::http::json_body(request));
    tenon::field_errors errors;
    domain::new_project input;
    tenon::json::object_reader object(body.root(), errors);
    object.required("name", input.name);
    object.optional("status", input.status);
    object.optional("budget", input.budget);
    object.finish();
    domain::validate(input, errors);
    if (!errors.empty()) return error(std::move(errors));
    return input;
}

task<result<response>> create_project(open_call& call) {
    CO_TRY_ASSIGN(auto who, allowed(call, permission::project_create));
    CO_TRY_ASSIGN(auto input, read_new_project(call.request()));
    auto database = database_of(call, who);
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    open.commit_with_next();
    CO_TRY_ASSIGN(auto created, co_await projects::insert(open, who.user, input));
    CO_TRY(co_await open.commit());
    co_return response(201, to_json(created, who.organization));
}

/// "t=SECONDS,v1=HEX": the HMAC of "SECONDS.BODY" under the variable WEBHOOK_SECRET, at most five minutes old.
bool is_signed(const tenon::http::request& request) {
    static const std::string secret = [] {
        const char* set = std::getenv("WEBHOOK_SECRET");
        return std::string(set ? set : "");
    }();
    const std::string_view header = request.header_value("Stripe-Signature");
    const std::size_t comma = header.find(",v1=");
    if (secret.empty() || !header.starts_with("t=") || comma == header.npos) return false;
    const std::string_view seconds = header.substr(2, comma - 2);
    std::int64_t at = 0;
    const auto read = std::from_chars(seconds.data(), seconds.data() + seconds.size(), at);
    if (read.ec != std::errc() || read.ptr != seconds.data() + seconds.size()) return false;
    if (std::abs(tenon::instant::now().micros / 1'000'000 - at) > 300) return false;
    const std::string mac = hmac_sha256(secret, std::string(seconds) + "." + request.body);
    std::array<char, crypto_auth_hmacsha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(mac.data()), mac.size());
    return equal(hex.data(), header.substr(comma + 4));
}

task<result<response>> take_event(open_call& call) {
    const auto& request = call.request();
    if (!is_signed(request)) co_return error(errc::bad_request, "The signature is not valid.", "bad_signature");
    CO_TRY_ASSIGN(auto body, tenon::http::json_body(request));
    tenon::field_errors errors;
    std::string id;
    std::string type;
    tenon::json::object_reader object(body.root(), errors);
    object.required("id", id);
    object.required("type", type);
    if (!errors.empty()) co_return error(std::move(errors));
    tenon::db::system_session system(call.services().internals().get<tenon::db::backend>(), request.deadline);
    CO_TRY_ASSIGN(auto open, co_await system.begin());
    open->commit_with_next();
    tenon::db::statement statement(
        "INSERT INTO webhook_events (id, type, payload) VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING",
        tenon::db::args(id, type, request.body), tenon::db::row_scope::of_service(), request.deadline);
    CO_TRY_ASSIGN(auto written, co_await open->run(std::move(statement)));
    CO_TRY(co_await open->commit());
    const bool is_new = written.affected() == 1;
    co_return tenon::http::ok(is_new ? R"({"received":true,"duplicate":false})"
                                     : R"({"received":true,"duplicate":true})");
}

using tenon::http::method;
using tenon::service::open_route;

constexpr tenon::service::route table[] = {
    open_route(method::get, "/healthz", "plain_health", tenon::app::health),
    open_route(method::get, "/projects/{id}", "plain_get_project", get_project),
    open_route(method::get, "/projects", "plain_list_projects", list_projects),
    open_route(method::post, "/projects", "plain_create_project", create_project),
    open_route(method::post, "/billing/webhook", "plain_take_event", take_event),
};

}  // namespace

std::span<const tenon::service::route> routes() {
    return table;
}

}  // namespace bench_product::custom
