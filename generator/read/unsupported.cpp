// The one table of constructs that are read but not generated yet. Whoever builds one of them takes its row out.
#include "generator/read/unsupported.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {

namespace {

constexpr auto constructs = std::to_array<unsupported_construct>({
    {"auth", "totp", "one-time passwords are"},
    {"auth", "cookies", "cookie sessions are"},
    {"auth", "api_keys", "API keys are"},
    {"auth", "issuers", "outside token issuers are"},
    {"entities", "User", "fields added to User are"},
    {"entities", "(tenant)", "fields added to the tenant are"},
    {"entity", "versions", "versions are"},
    {"entity", "workflow", "workflows are"},
    {"spec", "limits", "limits are"},
    {"spec", "plans", "plans are"},
    {"spec", "addons", "add-ons are"},
    {"spec", "meters", "meters are"},
    {"spec", "billing", "billing is"},
    {"spec", "actions", "actions are"},
    {"spec", "agents", "agents are"},
    {"spec", "channels", "channels are"},
    {"spec", "jobs", "jobs are"},
    {"spec", "webhooks", "webhooks are"},
    {"spec", "integrations", "integrations are"},
    {"spec", "console", "the console is"},
    {"deploy", "fly", "deployment to fly is"},
    {"deploy", "render", "deployment to render is"},
    {"deploy", "cloud_run", "deployment to cloud_run is"},
    {"deploy", "kubernetes", "deployment to kubernetes is"},
});

bool says_off(const yaml_node& value) {
    return value.shape == node_shape::scalar && (value.text == "false" || value.text == "off");
}

bool refuse(reading& in, std::string_view context, const name& word) {
    if (in.options.accept_unsupported) return false;
    const auto row = std::find_if(constructs.begin(), constructs.end(), [&](const unsupported_construct& one) {
        return one.context == context && one.key == word.value;
    });
    if (row == constructs.end()) return false;
    in.out.report(code::not_supported, word.at, std::string(row->what) + " not supported yet", "take it out for now");
    return true;
}

}  // namespace

std::span<const unsupported_construct> unsupported_constructs() {
    return constructs;
}

bool refuse_unsupported(reading& in, std::string_view context, const name& key, const yaml_node& value) {
    return !says_off(value) && refuse(in, context, key);
}

bool refuse_unsupported_word(reading& in, std::string_view context, const name& word) {
    return refuse(in, context, word);
}

}  // namespace tenon::gen
