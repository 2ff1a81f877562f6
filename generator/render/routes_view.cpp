// Routes in their groups, and operations under their paths.
#include "generator/render/routes_view.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "feature/feature.hpp"
#include "generator/render/openapi_schema.hpp"
#include "generator/render/operation_view.hpp"

namespace tenon::gen {

namespace {

std::vector<route_text> texts_of(const std::vector<feature::route>& declared) {
    return {declared.begin(), declared.end()};
}

class route_lists {
  public:
    explicit route_lists(const model& product) : product_(product), permissions_(permissions_of(product)) {}

    /// One group: what a feature declares, for itself or for an entity.
    void add(const std::vector<route_text>& group, const entity_model* entity, const std::vector<const view*>& scopes);

    view::list routes;
    view::list paths;
    std::set<std::string> spaces;  ///< "auth": of the handlers.

  private:
    void finish_path(const entity_model* entity);

    const model& product_;
    const permission_numbers permissions_;
    std::string path_;
    bool begins_group_ = false;
    view::list operations_;
};

void route_lists::finish_path(const entity_model* entity) {
    if (operations_.empty()) return;
    view one;
    view::list parameters;
    for (const std::string& name : path_parameters(path_)) parameters.emplace_back(name);
    one.set("path", path_).set("begins_group", begins_group_ && !paths.empty());
    one.set("has_parameters", !parameters.empty()).set("parameters", std::move(parameters));
    one.set("operations", std::exchange(operations_, {}));
    if (entity != nullptr) set_place(one, entity->at);
    paths.push_back(std::move(one));
    begins_group_ = false;
}

void route_lists::add(const std::vector<route_text>& group, const entity_model* entity,
                      const std::vector<const view*>& scopes) {
    begins_group_ = true;
    bool is_first = true;
    for (const route_text& each : group) {
        if (!each.applies(scopes)) continue;
        view row = each.row(product_, permissions_, scopes);
        row.set("begins_group", is_first && !routes.empty());
        if (entity != nullptr) set_place(row, entity->at);
        routes.push_back(std::move(row));
        is_first = false;
        if (const std::string space = each.space(); !space.empty()) spaces.insert(space.substr(space.rfind(':') + 1));
        std::string path = each.path(scopes);
        if (path != path_) finish_path(entity);
        path_ = std::move(path);
        operations_.push_back(each.operation(product_, permissions_, entity, scopes));
    }
    finish_path(entity);
}

view tag_view(std::string name, std::string description) {
    view out;
    out.set("name_json", json_text(name)).set("description_json", json_text(description));
    return out;
}

/// By name, once each: what a product calls its tenants may be the name of another group.
std::map<std::string, std::string> tags_of(const view& product, const feature_list& features) {
    std::map<std::string, std::string> out;
    for (const feature::declaration& feature : features) {
        for (const feature::tag& tag : feature.tags)
            out.emplace(phrase(tag.name).in({&product}), phrase(tag.description).in({&product}));
    }
    return out;
}

view::list tag_views(const view& product, const feature_list& features) {
    std::map<std::string, std::string> left = tags_of(product, features);
    view::list out;
    for (const feature::declaration& feature : features) {
        for (const feature::tag& tag : feature.tags) {
            const auto one = left.extract(phrase(tag.name).in({&product}));
            if (!one.empty()) out.push_back(tag_view(one.key(), one.mapped()));
        }
    }
    return out;
}

}  // namespace

/// Entities are grouped under their plural, unless something else is.
void set_tags(view::list& entities, const model& product, const view& names) {
    std::set<std::string> taken;
    for (const auto& [name, description] : tags_of(names, product.features)) taken.insert(name);
    for (std::size_t i = 0; i < entities.size(); ++i) {
        std::string tag = product.entities[i].name.plural_title;
        while (!taken.insert(tag).second)
            tag =
                tag == product.entities[i].name.plural_title ? product.entities[i].name.title + " records" : tag + " 2";
        entities[i].set("tag", tag).set("tag_json", json_text(tag));
    }
}

void set_routes(view& out, const model& product) {
    const feature_list& features = product.features;
    route_lists all(product);
    for (const feature::declaration& feature : features) all.add(texts_of(feature.routes), nullptr, {&out});
    std::vector<route_text> of_records;
    for (const feature::declaration& feature : features) {
        for (const feature::route& each : feature.record_routes) of_records.emplace_back(each);
    }
    const view::list& entities = out.find(key_of("entities"))->items();
    for (std::size_t i = 0; i < product.entities.size(); ++i)
        all.add(of_records, &product.entities[i], {&out, &entities[i]});
    view::list tags = tag_views(out, features);
    view::list spaces(all.spaces.begin(), all.spaces.end());
    out.set("routes", std::move(all.routes)).set("paths", std::move(all.paths)).set("tags", std::move(tags));
    out.set("handler_spaces", std::move(spaces));
}

}  // namespace tenon::gen
