// Reads what openapi.yaml says about the API as a whole: whom to ask, its licence, where it is served.
#include <re2/re2.h>

#include "generator/read/parts.hpp"
#include "generator/read/type_parser.hpp"

namespace tenon::gen {

namespace {

constexpr std::size_t most_servers = 20;

/// A text of a type that fields can have too, such as an address; empty when absent or wrong.
std::string read_typed(reading& in, const yaml_node* node, type_kind kind, const std::string& what) {
    if (node == nullptr) return {};
    const auto found = read_scalar(in, *node, what);
    if (!found) return {};
    field_type type;
    type.kind = kind;
    const auto value = check_default(in, type, {found->value, true, found->at}, what, "value");
    return value ? value->text : std::string();
}

/// What has the form of an identifier of SPDX, or of several with AND, OR and WITH between them: "MIT", "Apache-2.0 OR
/// (MIT AND BSD-3-Clause)".
bool is_spdx(const std::string& text) {
    static const RE2 expression(R"(\(*[A-Za-z0-9.+-]+\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*)");
    return text.size() <= 100 && RE2::FullMatch(text, expression);
}

/// Routes are put behind it, `/v1/…` first.
std::string read_server_url(reading& in, const yaml_node* node, const std::string& what) {
    std::string out = read_typed(in, node, type_kind::url, what);
    if (out.empty()) return out;
    if (out.find_first_of("?#{}") != std::string::npos || out.ends_with('/') || out.ends_with("/v1"))
        in.out.report(
            code::bad_value, node->at, what + " is what stands in front of /v1, not " + quoted(out),
            "write it without a slash or /v1 at the end, without '?', '#' and braces: https://api.example.com");
    return out;
}

}  // namespace

contact_spec read_contact(reading& in, const yaml_node& node) {
    contact_spec out;
    map_reader keys(in, node, "contact", "'contact' of service");
    out.name = read_line(in, keys.get("name"), "'name' of contact", "write one line: API team");
    out.url = read_typed(in, keys.get("url"), type_kind::url, "'url' of contact");
    out.email = read_typed(in, keys.get("email"), type_kind::email, "'email' of contact");
    keys.finish();
    return out;
}

license_spec read_license(reading& in, const yaml_node& node) {
    license_spec out;
    if (node.shape == node_shape::map) {
        map_reader keys(in, node, "license", "'license' of service");
        if (const yaml_node* name = keys.need("name", "name: Terms of use"))
            out.name = read_line(in, name, "'name' of license", "write one line: Terms of use");
        out.url = read_typed(in, keys.get("url"), type_kind::url, "'url' of license");
        keys.finish();
        return out;
    }
    const auto found = read_scalar(in, node, "'license' of service");
    if (!found) return out;
    if (!is_spdx(found->value))
        in.out.report(code::bad_value, found->at,
                      "'license' has not the form of an SPDX identifier: " + quoted(found->value),
                      "write one such as MIT, or a map: {name: Terms of use, url: https://example.com/terms}");
    out.name = out.identifier = found->value;
    return out;
}

std::vector<server_spec> read_servers(reading& in, const yaml_node& node) {
    std::vector<server_spec> out;
    for (const yaml_node* item : read_items(in, node, "'servers' of service")) {
        server_spec one;
        if (item->shape == node_shape::map) {
            map_reader keys(in, *item, "server", "a server");
            one.url = read_server_url(in, keys.need("url", "url: https://api.example.com"), "'url' of a server");
            one.description = read_prose(in, keys.get("description"), "'description' of a server");
            keys.finish();
        } else {
            one.url = read_server_url(in, item, "a server");
        }
        if (!one.url.empty()) out.push_back(std::move(one));
    }
    if (out.size() > most_servers)
        in.out.report(code::bad_value, node.at, "'servers' of service has more than 20 items");
    return out;
}

}  // namespace tenon::gen
