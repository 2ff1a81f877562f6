// Reads what the service talks to and where it is deployed.
#include <algorithm>

#include "generator/read/parts.hpp"
#include "generator/read/unsupported.hpp"
#include "generator/read/values.hpp"

namespace tenon::gen {

namespace {

oauth_spec read_oauth(reading& in, const name& key, const yaml_node& node) {
    oauth_spec out;
    out.oauth_name = key;
    map_reader keys(in, node, "oauth", "oauth " + quoted(key.value));
    if (const yaml_node* scopes = keys.need("scopes", "scopes: [users.read]"))
        out.scopes = read_words(in, *scopes, "'scopes' of " + keys.where());
    out.pkce = read_bool(in, keys.get("pkce"), true, "'pkce' of " + keys.where());
    keys.finish();
    return out;
}

/// A word of a fixed set, kept with its place.
std::optional<name> read_kind(reading& in, const yaml_node* node, std::string_view only, std::string_view what) {
    if (node == nullptr) return std::nullopt;
    const choice<bool> words[] = {{only, true}};
    if (!read_choice<bool>(in, *node, words, what)) return std::nullopt;
    return name{node->text, node->at};
}

std::optional<setting> read_environment(reading& in, const yaml_node* node, const std::string& what) {
    if (node == nullptr) return std::nullopt;
    auto found = read_setting(in, *node, what);
    if (found && !found->from_environment) {
        in.out.report(code::bad_setting, found->at,
                      what + " differs between environments and is not written into the spec",
                      "write env:NAME and set the variable where the service runs");
        return std::nullopt;
    }
    return found;
}

}  // namespace

void read_integrations(reading& in, const yaml_node& node, product_spec& out) {
    integrations_spec& all = out.integrations;
    map_reader keys(in, node, "integrations", "integrations");
    if (const yaml_node* oauth = keys.get("oauth"))
        read_named(in, *oauth, "integration", "'oauth' of integrations",
                   [&](const name& key, const yaml_node& one) { all.oauth.push_back(read_oauth(in, key, one)); });
    all.storage = read_kind(in, keys.get("storage"), "s3", "'storage' of integrations");
    all.email = read_kind(in, keys.get("email"), "smtp", "'email' of integrations");
    all.sentry = read_environment(in, keys.get("sentry"), "'sentry' of integrations");
    all.otlp = read_environment(in, keys.get("otlp"), "'otlp' of integrations");
    keys.finish();
}

void read_deploy(reading& in, const yaml_node& node, product_spec& out) {
    const std::vector<std::string> targets{"docker", "compose", "fly", "render", "cloud_run", "systemd", "kubernetes"};
    for (name& target : read_words(in, node, "deploy")) {
        if (std::find(targets.begin(), targets.end(), target.value) == targets.end()) {
            report_bad_choice(in, target, targets, "deploy");
            continue;
        }
        if (!refuse_unsupported_word(in, "deploy", target)) out.deploy.push_back(std::move(target));
    }
}

}  // namespace tenon::gen
