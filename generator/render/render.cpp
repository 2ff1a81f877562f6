// Rendering: every template, once or once per entity, into one tree.
#include "generator/render/render.hpp"

#include <optional>
#include <thread>
#include <vector>

#include "generator/render/model_view.hpp"
#include "generator/render/renamed_words.hpp"
#include "generator/render/template_file.hpp"

namespace tenon::gen {

namespace {

using rendered = std::vector<std::pair<std::string, tree_file>>;

/// The files of entities [begin, end), in order.
result<rendered, template_error> render_entities(const model& product, const view& root,
                                                 const std::vector<template_file>& files, std::size_t begin,
                                                 std::size_t end) {
    const view::list& entities = root.find(key_of("entities"))->items();
    rendered out;
    for (std::size_t i = begin; i < end; ++i) {
        const entity_model& entity = product.entities[i];
        const std::vector<const view*> scopes{&root, &entities[i]};
        for (const template_file& file : files) {
            if (!file.per_entity) continue;
            auto path = output_path(file.path, entity.name.snake);
            TRY_ASSIGN(auto made, render_one(file, scopes, path));
            if (!made) continue;
            made->subject = entity.name.snake;
            if (entity.was) made->former = output_path(file.path, entity.was->snake);
            out.emplace_back(std::move(path), std::move(*made));
        }
    }
    return out;
}

/// Entities are independent of one another, so large products are rendered on every core.
result<rendered, template_error> render_all_entities(const model& product, const view& root,
                                                     const std::vector<template_file>& files) {
    const std::size_t count = product.entities.size();
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t parts = count < 16 ? 1 : std::min(cores, count);
    std::vector<std::optional<result<rendered, template_error>>> done(parts);
    {
        std::vector<std::jthread> threads;
        for (std::size_t part = 0; part < parts; ++part) {
            threads.emplace_back([&, part] {
                done[part] = render_entities(product, root, files, count * part / parts, count * (part + 1) / parts);
            });
        }
    }
    rendered all;
    for (auto& part : done) {
        TRY_ASSIGN(auto some, std::move(*part));
        all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return all;
}

result<void, template_error> add(tree& out, std::string path, tree_file file) {
    std::string origin = file.origin;
    if (!out.files.emplace(path, std::move(file)).second)
        return template_error{origin, 1, "'" + path + "' is written twice"};
    return {};
}

/// A source or a public header of one of the features.
bool is_of(const feature_list& features, std::string_view path) {
    for (const std::string_view folder : {"features/", "include/tenon/"}) {
        if (!path.starts_with(folder)) continue;
        path.remove_prefix(folder.size());
        return has_feature(features, path.substr(0, path.find('/')));
    }
    return false;
}

/// Only features that the product has are copied into it.
void add_verbatim(tree& out, const feature_list& features, const render_input& input) {
    const feature_list absent = features_without(features);
    for (const auto& [path, text] : input.runtime) {
        if (is_of(absent, path)) continue;
        tree_file file;
        file.content = std::string(text);
        file.owner = owner_class::vendored;
        file.origin = "runtime/" + path;
        out.files.emplace("third_party/tenon/" + path, std::move(file));
    }
    tree_file spec;
    spec.content = std::string(input.spec_text);
    spec.origin = "the spec";
    out.files.emplace("spec.yaml", std::move(spec));
    if (input.editor_schema.empty()) return;
    tree_file schema;
    schema.content = std::string(input.editor_schema);
    schema.origin = "schemas/spec.schema.json";
    out.files.emplace("spec.schema.json", std::move(schema));
}

}  // namespace

result<tree, template_error> render(const model& product, const render_input& input) {
    std::vector<template_file> files;
    for (const auto& [path, text] : input.templates) {
        TRY_ASSIGN(auto file, compile_template_file(path, text));
        files.push_back(std::move(file));
    }
    TRY_ASSIGN(const view root, product_view(product, input.fragments));
    tree out;
    add_verbatim(out, product.features, input);
    for (const template_file& file : files) {
        if (file.per_entity) continue;
        TRY_ASSIGN(auto made, render_one(file, {&root}, file.path));
        if (made) TRY(add(out, file.path, std::move(*made)));
    }
    TRY_ASSIGN(auto entities, render_all_entities(product, root, files));
    for (auto& [path, file] : entities) TRY(add(out, std::move(path), std::move(file)));
    out.renames = renamed_words(nullptr, product);
    out.tables = renamed_tables(nullptr, product);
    return out;
}

}  // namespace tenon::gen
