// Reads what the service, its tenant, its authentication and its roles are.
#include <algorithm>

#include "generator/read/parts.hpp"
#include "generator/read/role_graph.hpp"
#include "generator/read/standard_roles.hpp"
#include "generator/read/values.hpp"
#include "generator/support/naming.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

bool is_version(std::string_view text) {
    int parts = 0;
    while (!text.empty()) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        const std::string_view part = text.substr(0, dot);
        if (part.empty() || part.size() > 9 || part.find_first_not_of("0123456789") != std::string_view::npos)
            return false;
        if (part.size() > 1 && part.front() == '0') return false;
        ++parts;
        if (dot + 1 == text.size()) return false;
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return parts == 3;
}

std::string read_version(reading& in, const yaml_node* node) {
    const std::string fallback = "0.1.0";
    if (node == nullptr) return fallback;
    const auto found = read_scalar(in, *node, "'version' of service");
    if (!found) return fallback;
    if (is_version(found->value)) return found->value;
    in.out.report(code::bad_value, found->at, "a version has three numbers, unlike " + quoted(found->value),
                  "write one such as 1.0.0");
    return fallback;
}

void read_tokens(reading& in, const yaml_node& node, token_spec& out) {
    map_reader keys(in, node, "tokens", "'tokens' of auth");
    if (const yaml_node* access = keys.get("access"))
        out.access = read_duration(in, *access, "'access'").value_or(out.access);
    if (const yaml_node* refresh = keys.get("refresh"))
        out.refresh = read_duration(in, *refresh, "'refresh'").value_or(out.refresh);
    keys.finish();
    if (out.access > std::chrono::hours{24})
        in.out.report(code::bad_value, keys.get("access") != nullptr ? keys.get("access")->at : node.at,
                      "access tokens that live longer than a day cannot be revoked in time", "write 15m");
    else if (out.refresh <= out.access)
        in.out.report(code::bad_value, keys.get("refresh") != nullptr ? keys.get("refresh")->at : node.at,
                      "refresh tokens have to live longer than access tokens", "write 30d");
}

issuer_spec read_issuer(reading& in, const name& key, const yaml_node& node) {
    issuer_spec out;
    out.issuer_name = key;
    out.at = node.at;
    const std::string where = "issuer " + quoted(key.value);
    map_reader keys(in, node, "issuer", where);
    if (const yaml_node* url = keys.need("jwks_url", "jwks_url: env:JWKS_URL"))
        out.jwks_url = read_setting(in, *url, "'jwks_url' of " + where).value_or(setting{});
    if (const yaml_node* audience = keys.need("audience", "audience: authenticated"))
        out.audience = read_setting(in, *audience, "'audience' of " + where).value_or(setting{});
    out.create_profile = read_bool(in, keys.get("create_profile"), false, "'create_profile' of " + where);
    keys.finish();
    return out;
}

std::optional<name> read_key_prefix(reading& in, const yaml_node& node) {
    map_reader keys(in, node, "api_keys", "'api_keys' of auth");
    const yaml_node* prefix = keys.need("prefix", "prefix: acme");
    keys.finish();
    if (prefix == nullptr) return std::nullopt;
    auto found = read_scalar(in, *prefix, "'prefix' of api_keys");
    if (!found || !check_name(in, *found, name_style::snake, "key prefix")) return std::nullopt;
    if (found->value.size() <= 12) return found;
    in.out.report(code::bad_value, found->at, "a key prefix has at most 12 characters",
                  "shorten it to " + quoted(found->value.substr(0, 12)));
    return std::nullopt;
}

}  // namespace

service_spec read_service(reading& in, const yaml_node& node) {
    service_spec out;
    out.at = node.at;
    if (node.shape == node_shape::scalar) {
        out.service_name = {node.text, node.at};
        check_name(in, out.service_name, name_style::snake, "service");
        out.title = title_case(node.text);
        out.version = read_version(in, nullptr);
        return out;
    }
    map_reader keys(in, node, "service", "service");
    if (const yaml_node* given = keys.need("name", "name: my_service")) {
        if (auto found = read_scalar(in, *given, "'name' of service")) {
            check_name(in, *found, name_style::snake, "service");
            out.service_name = std::move(*found);
        }
    }
    out.title = read_line(in, keys.get("title"), "'title' of service", "write one line, and the rest as 'description'");
    out.description = read_prose(in, keys.get("description"), "'description' of service");
    out.version = read_version(in, keys.get("version"));
    if (const yaml_node* given = keys.get("contact")) out.contact = read_contact(in, *given);
    if (const yaml_node* given = keys.get("license")) out.license = read_license(in, *given);
    if (const yaml_node* given = keys.get("servers")) out.servers = read_servers(in, *given);
    keys.finish();
    if (out.title.empty()) out.title = title_case(out.service_name.value);
    return out;
}

tenant_spec read_tenant(reading& in, const yaml_node& node) {
    static constexpr choice<bool> isolations[] = {{"row", true}};
    tenant_spec out;
    out.at = node.at;
    if (node.shape == node_shape::scalar) {
        out.singular = {node.text, node.at};
        out.plural = {plural(node.text), node.at};
        check_name(in, out.singular, name_style::snake, "tenant");
        return out;
    }
    map_reader keys(in, node, "tenant", "tenant");
    if (const yaml_node* given = keys.need("name", "name: workspace")) {
        if (auto found = read_scalar(in, *given, "'name' of tenant")) {
            check_name(in, *found, name_style::snake, "tenant");
            out.singular = std::move(*found);
        }
    }
    out.plural = {plural(out.singular.value), out.singular.at};
    if (const yaml_node* given = keys.get("plural")) {
        auto found = read_scalar(in, *given, "'plural' of tenant");
        if (found && check_name(in, *found, name_style::snake, "table")) out.plural = std::move(*found);
    }
    if (const yaml_node* isolation = keys.get("isolation"))
        read_choice<bool>(in, *isolation, isolations, "'isolation' of tenant");
    keys.finish();
    return out;
}

auth_spec read_auth(reading& in, const yaml_node& node) {
    static constexpr choice<totp_mode> modes[] = {
        {"off", totp_mode::off}, {"optional", totp_mode::optional}, {"required", totp_mode::required}};
    auth_spec out;
    out.at = node.at;
    map_reader keys(in, node, "auth", "auth");
    const yaml_node* password = keys.get("password");
    out.password = read_bool(in, password, true, "'password' of auth");
    if (const yaml_node* totp = keys.get("totp"))
        out.totp = read_choice<totp_mode>(in, *totp, modes, "'totp' of auth").value_or(totp_mode::off);
    out.cookies = read_bool(in, keys.get("cookies"), false, "'cookies' of auth");
    if (const yaml_node* api_keys = keys.get("api_keys")) out.api_key_prefix = read_key_prefix(in, *api_keys);
    if (const yaml_node* tokens = keys.get("tokens")) read_tokens(in, *tokens, out.tokens);
    if (const yaml_node* issuers = keys.get("issuers"))
        read_named(in, *issuers, "issuer", "'issuers' of auth",
                   [&](const name& key, const yaml_node& one) { out.issuers.push_back(read_issuer(in, key, one)); });
    keys.finish();
    if (!out.password && out.issuers.empty() && password != nullptr)
        in.out.report(code::bad_value, password->at, "without passwords and issuers nobody can sign in", "write true");
    return out;
}

std::vector<role_spec> read_roles(reading& in, const yaml_node& node) {
    std::vector<role_spec> out;
    read_named(in, node, "role", "roles", [&](const name& key, const yaml_node& one) {
        role_spec role;
        role.role_name = key;
        if (key.value == "creator" || key.value == "nobody")
            in.out.report(code::reserved_name, key.at, quoted(key.value) + " has a meaning of its own in access rules",
                          "name the role otherwise");
        if (one.shape != node_shape::empty) {
            const std::string where = "role " + quoted(key.value);
            map_reader keys(in, one, "role", where);
            if (const yaml_node* inherits = keys.get("inherits"))
                role.inherits = read_words(in, *inherits, "'inherits' of " + where);
            role.description = read_prose(in, keys.get("description"), "'description' of " + where);
            keys.finish();
        }
        out.push_back(std::move(role));
    });
    if (out.size() > most_roles)
        in.out.report(code::bad_value, out[most_roles].role_name.at,
                      "there are more than " + std::to_string(most_roles) + " roles",
                      "each member has one; rules can name several");
    if (node.shape == node_shape::map && out.empty())
        in.out.report(code::bad_value, node.at, "roles are empty",
                      "leave 'roles' out for " + sentence_of({standard_roles.begin(), standard_roles.end()}));
    return out.empty() ? default_roles() : out;
}

std::vector<role_spec> default_roles() {
    std::vector<role_spec> out(standard_roles.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].role_name.value = standard_roles[i];
        if (i + 1 < out.size()) out[i].inherits.push_back({std::string(standard_roles[i + 1]), {}});
    }
    return out;
}

}  // namespace tenon::gen
