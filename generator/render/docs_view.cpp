// Samples and tables for people.
#include "generator/render/docs_view.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "generator/render/field_view.hpp"
#include "generator/render/settings_view.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

/// One word for a shell, in single quotes.
std::string shell_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// Whoever founds a tenant can create it, and it refers to nothing that is not there yet.
bool stands_alone(const model& product, const entity_model& entity) {
    const bool refers = std::any_of(entity.fields.begin(), entity.fields.end(), [](const field_model& field) {
        return field.required_on_create && (field.target || field.to_user);
    });
    return !refers && product.permissions[entity.create].by_role[product.owner_role] != decision::denied;
}

std::string smallest_body(const entity_model& entity) {
    std::string out;
    for (const field_model& field : entity.fields) {
        if (!field.required_on_create) continue;
        out += (out.empty() ? "" : ",") + ("\"" + json_escaped(field.member) + "\":" + field.example_json);
    }
    return "{" + out + "}";
}

}  // namespace

void set_docs(view& out, const model& product) {
    view::list samples;
    for (const entity_model& entity : product.entities) {
        if (!samples.empty() || !stands_alone(product, entity)) continue;
        view one;
        one.set("route", entity.route).set("body_quoted", shell_quoted(smallest_body(entity)));
        samples.push_back(std::move(one));
    }
    out.set("sample", std::move(samples));
    set_settings(out, product.features, product.service.name.kebab);
    out.set("deploys_docker", product.deploy.docker).set("deploys_compose", product.deploy.compose);
    out.set("deploys_systemd", product.deploy.systemd);
    std::string title = comment_text(product.service.title);
    std::replace(title.begin(), title.end(), '%', ' ');  // systemd would expand it
    out.set("service_title_line", std::move(title));
}

void set_docs(view& out, const permission_model& permission) {
    view::list cells;
    for (const decision one : permission.by_role)
        cells.emplace_back(one == decision::allowed ? "yes" : one == decision::own ? "own" : "–");
    out.set("cells", std::move(cells));
}

}  // namespace tenon::gen
