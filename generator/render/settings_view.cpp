// Variables in words.
#include "generator/render/settings_view.hpp"

#include <algorithm>
#include <utility>

#include "generator/render/openapi_schema.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

/// Behind "# ".
constexpr std::size_t comment_width = 116;

std::string sentences(const feature::setting& one) {
    const std::string form = feature::expected(one);
    const std::string means = std::string(one.meaning) + ".";
    return capitalized(means) + (form.empty() ? "" : " " + capitalized(form) + ".");
}

std::string cells_of(const feature::setting& one, const std::string& service) {
    const std::string value = feature::default_of(one, service);
    std::string out = "`" + std::string(one.name) + "` | ";
    if (one.required) out += "required";
    if (!value.empty()) out += "`" + value + "`";
    out += " | " + std::string(one.meaning);
    const std::string form = feature::expected(one);
    return form.empty() ? out : out + "; " + form;
}

}  // namespace

void set_settings(view& out, const feature_list& features, const std::string& service) {
    view::list all;
    view::list passed;
    for (const feature::setting& each : feature::settings_of(features)) {
        view one;
        const std::string name(each.name);
        one.set("name", name).set("required", each.required).set("default", feature::default_of(each, service));
        one.set("comment_lines", views(wrapped(sentences(each), comment_width))).set("cells", cells_of(each, service));
        all.push_back(std::move(one));
        if (!each.required && !each.set_by_image) passed.emplace_back(name + ": ${" + name + ":-}");
    }
    out.set("settings", std::move(all)).set("passed_settings", std::move(passed));
}

std::string settings_table(const feature_list& features, const std::string& service) {
    std::string out = "| variable | default | meaning |\n|---|---|---|\n";
    for (const feature::setting& each : feature::settings_of(features)) out += "| " + cells_of(each, service) + " |\n";
    return out;
}

}  // namespace tenon::gen
