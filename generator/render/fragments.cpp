// Sections of fragments, joined in the order of documents.
#include "generator/render/fragments.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace tenon::gen {

namespace {

struct section {
    std::string_view key;   ///< Below `components`.
    std::string_view name;  ///< For templates.
};

constexpr std::array<section, 5> sections{{{"securitySchemes", "feature_security_schemes"},
                                           {"parameters", "feature_parameters"},
                                           {"headers", "feature_headers"},
                                           {"responses", "feature_responses"},
                                           {"schemas", "feature_schemas"}}};

using lines_by_section = std::array<view::list, sections.size()>;

/// `text` is a map of sections, each behind two spaces.
result<void, template_error> add_lines(const std::string& file, std::string_view text, lines_by_section& out) {
    view::list* into = nullptr;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.empty()) continue;
        if (line.starts_with("  ") && into != nullptr) {
            into->emplace_back(std::string(line.substr(2)));
            continue;
        }
        const auto found = std::find_if(sections.begin(), sections.end(), [line](const section& one) {
            return line.ends_with(':') && line.substr(0, line.size() - 1) == one.key;
        });
        if (found == sections.end())
            return template_error{file, number, "'" + std::string(line) + "' is no section of components"};
        into = &out[static_cast<std::size_t>(found - sections.begin())];
    }
    return {};
}

}  // namespace

result<void, template_error> set_components(view& product, const feature_list& features,
                                            const component_fragments& fragments) {
    lines_by_section lines;
    view::list codes;
    for (const feature::problem& each : feature::problems_of(features)) codes.emplace_back(std::string(each.code));
    product.set("problem_codes", std::move(codes));
    for (const feature::declaration& feature : features) {
        const auto fragment = fragments.find(feature.name);
        if (fragment == fragments.end()) continue;
        const std::string file = "runtime/features/" + fragment->first + "/openapi.yaml";
        TRY_ASSIGN(const auto made, compiled_template::compile(file, fragment->second));
        std::string text;
        TRY(made.render({&product}, text));
        TRY(add_lines(file, text, lines));
    }
    for (std::size_t i = 0; i < sections.size(); ++i) product.set(sections[i].name, std::move(lines[i]));
    return {};
}

}  // namespace tenon::gen
