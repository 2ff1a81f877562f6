// What follows from a declared route: parameters, headers, refusals.
#include "generator/render/operation_view.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "generator/render/openapi_lists.hpp"
#include "generator/render/openapi_schema.hpp"
#include "generator/render/rights_text.hpp"
#include "generator/support/naming.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

using feature::list_of;
using feature::method;
using scope_list = std::vector<const view*>;
using whom = feature::right::whom;

/// In the text of a description, behind eight spaces.
constexpr std::size_t description_width = 112;

std::string_view enumerator_of(method verb) {
    switch (verb) {
        case method::get:
            return "get";
        case method::post:
            return "post";
        case method::patch:
            return "patch";
        case method::delete_:
            break;
    }
    return "delete_";
}

std::string_view word_of(method verb) {
    return verb == method::delete_ ? "delete" : enumerator_of(verb);
}

/// Among components/responses.
std::string_view refusal_name(int status) {
    static const std::map<int, std::string_view> names{
        {304, "NotModified"},
        {400, "BadRequest"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "NotFound"},
        {409, "Conflict"},
        {412, "PreconditionFailed"},
        {413, "ContentTooLarge"},
        {415, "UnsupportedMediaType"},
        {422, "Invalid"},
        {429, "TooManyRequests"},
        {500, "InternalError"},
        {503, "Unavailable"},
    };
    return names.at(status);
}

view header(std::string_view name, std::string_view component) {
    view out;
    out.set("name", std::string(name)).set("component", std::string(component));
    return out;
}

/// Newest first, unless asked otherwise.
view list_by_time(std::string_view column) {
    view out;
    const std::string name(column);
    out.set("sort_description_json", json_text("What to sort by; with a `-`, the latest first."));
    out.set("sort_values", json_text(name) + ", " + json_text("-" + name)).set("default_sort", json_text("-" + name));
    out.set("searched", "").set("who_sees_bin", "").set("filter_parameters", view::list());
    return out;
}

view list_of_records(const model& product, const entity_model& entity) {
    view out;
    set_list_parameters(out, entity);
    out.set("who_sees_bin", entity.soft_delete ? who_may(product, entity.remove) : "");
    return out;
}

}  // namespace

permission_numbers permissions_of(const model& product) {
    permission_numbers out;
    for (std::size_t i = 0; i < product.permissions.size(); ++i) out.emplace(product.permissions[i].enumerator, i);
    out.insert(product.declared_permissions.begin(), product.declared_permissions.end());
    return out;
}

std::vector<std::string> path_parameters(const std::string& path) {
    std::vector<std::string> out;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
        out.push_back(pascal_case(path.substr(at + 1, path.find('}', at) - at - 1)));
    return out;
}

route_text::route_text(const feature::route& declared)
    : declared_(declared),
      path_(declared.path),
      operation_(declared.operation),
      permission_(declared.who.permission()),
      handler_(declared.handler),
      tag_(declared.tag),
      summary_(declared.summary),
      description_(declared.description),
      takes_(declared.takes),
      meaning_(declared.gives.meaning),
      schema_(declared.gives.schema) {}

bool route_text::applies(const scope_list& scopes) const {
    if (declared_.when.empty()) return true;
    const view* flag = scopes.back()->find(key_of(declared_.when));
    return flag != nullptr && flag->truthy();
}

std::string route_text::space() const {
    const auto end = declared_.handler.rfind("::");
    return end == std::string_view::npos ? std::string() : std::string(declared_.handler.substr(0, end));
}

view route_text::row(const model& product, const permission_numbers& permissions, const scope_list& scopes) const {
    static const std::map<whom, std::string> makers{
        {whom::anybody, "open_route"}, {whom::user, "user_route"}, {whom::member, "tenant_route"}};
    // `tenon::auth` is called `auth` there.
    std::string handler = handler_.in(scopes);
    if (handler.starts_with("tenon::")) handler.erase(0, std::string_view("tenon::").size());
    view out;
    out.set("method", std::string(enumerator_of(declared_.verb))).set("maker", makers.at(declared_.who.of()));
    out.set("path", path(scopes)).set("operation", operation_.in(scopes));
    out.set("permission", permission(product, permissions, scopes));
    out.set("handler", std::move(handler));
    return out;
}

std::string route_text::permission(const model& product, const permission_numbers& permissions,
                                   const scope_list& scopes) const {
    if (declared_.who.of() != whom::member) return "";
    return product.permissions[permissions.at(permission_.in(scopes))].enumerator;
}

std::string route_text::who(const model& product, const permission_numbers& permissions,
                            const scope_list& scopes) const {
    if (!declared_.token.empty()) return "";
    if (declared_.who.of() == whom::anybody) return "Open to anybody.";
    if (declared_.who.of() == whom::user) return "For any signed-in user.";
    return who_may(product, permissions.at(permission_.in(scopes)));
}

view::list route_text::parameters() const {
    view::list out;
    if (takes_version()) out.emplace_back("IfMatch");
    if (reads_version()) out.emplace_back("IfNoneMatch");
    if (takes_key()) out.emplace_back("IdempotencyKey");
    if (declared_.lists != list_of::nothing) {
        out.emplace_back("Limit");
        out.emplace_back("Cursor");
    }
    return out;
}

view::list route_text::headers() const {
    view::list out{header("X-Request-Id", "RequestId")};
    if (declared_.limited) out.push_back(header("RateLimit", "RateLimit"));
    if (takes_key()) out.push_back(header("Idempotent-Replayed", "IdempotentReplayed"));
    if (declared_.makes) out.push_back(header("Location", "Location"));
    if (declared_.versioned && !declared_.gives.schema.empty()) out.push_back(header("ETag", "ETag"));
    return out;
}

view::list route_text::refusals() const {
    std::set<int> all{400};
    const auto add = [&all](bool holds, std::initializer_list<int> statuses) {
        if (holds) all.insert(statuses);
    };
    add(reads_version(), {304});
    add(declared_.who.of() != whom::anybody, {401});
    add(declared_.who.of() == whom::member, {403});
    add(declared_.path.find("/{") != std::string_view::npos, {404});
    add(takes_key(), {409, 422});
    add(takes_version(), {412});
    add(!declared_.takes.empty(), {413, 415, 422});
    add(declared_.lists != list_of::nothing, {422});
    add(declared_.limited, {429});
    add(declared_.asks_database, {500, 503});
    all.insert(declared_.refusals.begin(), declared_.refusals.end());
    view::list out;
    for (const int status : all) {
        view one;
        one.set("status", std::to_string(status)).set("component", std::string(refusal_name(status)));
        out.push_back(std::move(one));
    }
    return out;
}

void route_text::set_answer(view& out, const scope_list& scopes) const {
    const feature::answer& gives = declared_.gives;
    out.set("status", std::to_string(gives.status)).set("meaning", meaning_.in(scopes));
    std::string schema = schema_.in(scopes);
    if (!schema.empty() && schema.front() != '{') schema = "{ $ref: '#/components/schemas/" + schema + "' }";
    out.set("media", schema.empty() ? "" : std::string(gives.media)).set("schema", std::move(schema));
    out.set("example", std::string(gives.example)).set("headers", headers());
}

view route_text::operation(const model& product, const permission_numbers& permissions, const entity_model* entity,
                           const scope_list& scopes) const {
    view out;
    out.set("method", std::string(word_of(declared_.verb))).set("operation", operation_.in(scopes));
    out.set("tag_json", json_text(tag_.in(scopes))).set("summary", summary_.in(scopes));
    const std::string says = description_.in(scopes);
    const std::string who = this->who(product, permissions, scopes);
    const std::string both = says + (says.empty() || who.empty() ? "" : " ") + who;
    out.set("description_lines", views(wrapped(both, description_width)));
    out.set("is_open", declared_.who.of() == whom::anybody && declared_.token.empty());
    out.set("token", std::string(declared_.token)).set("takes", takes_.in(scopes));
    view::list all = parameters();
    out.set("has_parameters", !all.empty()).set("parameters", std::move(all));
    view::list lists;
    if (declared_.lists == list_of::times) lists.push_back(list_by_time(declared_.sorted_by));
    if (declared_.lists == list_of::records) lists.push_back(list_of_records(product, *entity));
    out.set("lists", std::move(lists)).set("refusals", refusals());
    set_answer(out, scopes);
    return out;
}

}  // namespace tenon::gen
