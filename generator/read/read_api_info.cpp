// Reads what openapi.yaml says about the API as a whole: whom to ask, its licence, where it is served.
#include <algorithm>

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

bool is_spdx(std::string_view text) {
    constexpr std::string_view more = ".-+() ";
    return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || more.find(c) != more.npos;
    });
}

}  // namespace

contact_spec read_contact(reading& in, const yaml_node& node) {
    contact_spec out;
    map_reader keys(in, node, "contact", "'contact' of service");
    out.name = read_prose(in, keys.get("name"), "'name' of contact");
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
            out.name = read_prose(in, name, "'name' of license");
        out.url = read_typed(in, keys.get("url"), type_kind::url, "'url' of license");
        keys.finish();
        return out;
    }
    const auto found = read_scalar(in, node, "'license' of service");
    if (!found) return out;
    if (!is_spdx(found->value))
        in.out.report(code::bad_value, found->at, "'license' is an SPDX identifier, not " + quoted(found->value),
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
            one.url =
                read_typed(in, keys.need("url", "url: https://api.example.com"), type_kind::url, "'url' of a server");
            one.description = read_prose(in, keys.get("description"), "'description' of a server");
            keys.finish();
        } else {
            one.url = read_typed(in, item, type_kind::url, "a server");
        }
        if (!one.url.empty()) out.push_back(std::move(one));
    }
    if (out.size() > most_servers)
        in.out.report(code::bad_value, node.at, "'servers' of service has more than 20 items");
    return out;
}

}  // namespace tenon::gen
