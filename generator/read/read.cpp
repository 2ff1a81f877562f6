// The whole of reading on one screen: text, tree, parts, checks.
#include "generator/read/read.hpp"

#include "generator/read/checks.hpp"
#include "generator/read/flow_commas.hpp"
#include "generator/read/parts.hpp"
#include "generator/read/reading.hpp"
#include "generator/read/text_check.hpp"
#include "generator/read/yaml.hpp"
#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

void read_language(reading& in, map_reader& keys, spec& out) {
    const yaml_node* given = keys.need("tenon", "tenon: 1 as the first line");
    if (given == nullptr) return;
    const auto version = read_scalar(in, *given, "'tenon'");
    if (version && version->value != "1")
        in.out.report(code::language_version, version->at,
                      "this Tenon reads version 1 of the language, not " + quoted(version->value), "write tenon: 1");
    out.language = 1;
}

struct product_part {
    std::string_view key;
    void (*read)(reading&, const yaml_node&, product_spec&);
};

constexpr product_part product_parts[] = {
    {"limits", read_limits},
    {"plans", read_plans},
    {"addons", read_addons},
    {"meters", read_meters},
    {"billing", read_billing},
    {"actions", read_actions},
    {"agents", read_agents},
    {"channels", read_channels},
    {"jobs", read_jobs},
    {"webhooks", read_webhooks},
    {"integrations", read_integrations},
    {"deploy", read_deploy},
};

void read_parts(reading& in, const yaml_node& root, spec& out) {
    map_reader keys(in, root, "spec", "the spec");
    if (!keys.is_map()) return;
    read_language(in, keys, out);
    if (const yaml_node* node = keys.need("service", "service: {name: my_service}"))
        out.service = read_service(in, *node);
    if (const yaml_node* node = keys.need("tenant", "tenant: {name: workspace}")) out.tenant = read_tenant(in, *node);
    read_features(in, keys, out);
    if (const yaml_node* node = keys.get("auth")) out.auth = read_auth(in, *node);
    const yaml_node* roles = keys.get("roles");
    out.roles = roles != nullptr ? read_roles(in, *roles) : default_roles();
    out.members = read_members(in, keys.get("members"), out.roles, roles == nullptr);
    if (const yaml_node* node = keys.get("access")) out.access = read_access(in, *node, "of the spec");
    if (const yaml_node* node = keys.get("entities"))
        out.entities = read_entities(in, *node, pascal_case(out.tenant.singular.value));
    complete_access(in, out);
    for (const product_part& part : product_parts) {
        if (const yaml_node* node = keys.get(part.key)) part.read(in, *node, out.product);
    }
    out.product.console = read_bool(in, keys.get("console"), false, "'console'");
    keys.finish();
}

void check_whole(reading& in, const spec& all) {
    for (const entity_spec& entity : all.entities) {
        if (entity.extends == extended_entity::none) in.entities.emplace(entity.entity_name.value, &entity);
    }
    for (const role_spec& role : all.roles) in.roles.insert(role.role_name.value);
    check_names(in, all);
    check_routes(in, all);
    check_roles(in, all);
    warn_of_idle(in, all);
    check_relations(in, all);
    check_bins(in, all);
    check_fields_used(in, all);
    check_workflows(in, all);
    check_product(in, all);
}

}  // namespace

result<spec, diagnostics> read_spec(const source_text& source, const read_options& options) {
    reporter out;
    if (!check_text(source.text, options.max_bytes, out)) return out.take(options.max_reported);
    auto root = parse_yaml(source.text, out);
    if (!root && out.empty())
        out.report(code::empty_spec, {}, "the spec is empty", "`tenon new NAME` writes one to start from");
    if (root && root->shape == node_shape::empty) {
        out.report(code::empty_spec, {}, "the spec is empty", "`tenon new NAME` writes one to start from");
        root.reset();
    }
    if (!root) return out.take(options.max_reported);
    mend_flow_commas(*root, out);
    reading in{out, options, {}, {}, {}, {}};
    spec all;
    read_parts(in, *root, all);
    check_whole(in, all);
    if (!out.empty()) return out.take(options.max_reported);
    all.warnings = in.warnings.take(options.max_reported);
    return all;
}

}  // namespace tenon::gen
