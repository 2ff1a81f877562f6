// Rendering: every template, once or once per entity, into one tree.
#include "generator/render/render.hpp"

#include <optional>
#include <thread>
#include <vector>

#include "generator/render/model_view.hpp"
#include "generator/render/owner_header.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view entity_part = "{{entity}}";

/// What a template says of itself in its first line.
struct front_matter {
    owner_class owner = owner_class::generated;
    bool executable = false;
    bool verbatim = false;  ///< Not a template: copied without looking for tags.
    std::string condition;  ///< A flag of the product or entity; empty: always.
};

struct template_file {
    std::string path;
    front_matter says;
    compiled_template body;
    std::string_view raw;
    bool per_entity = false;
};

result<front_matter, template_error> read_front_matter(const std::string& path, std::string_view& text) {
    front_matter says;
    constexpr std::string_view open = "{{!tenon";
    if (!text.starts_with(open)) return says;
    const auto close = text.find("}}\n");
    if (close == std::string_view::npos) return template_error{path, 1, "the first line is not closed by '}}'"};
    auto words = text.substr(open.size(), close - open.size());
    text.remove_prefix(close + 3);
    while (!words.empty()) {
        const auto space = std::min(words.find(' '), words.size());
        const auto word = words.substr(0, space);
        words.remove_prefix(std::min(space + 1, words.size()));
        if (word.empty()) continue;
        if (word == "seeded") {
            says.owner = owner_class::seeded;
        } else if (word == "executable") {
            says.executable = true;
        } else if (word == "verbatim") {
            says.verbatim = true;
        } else if (word.starts_with("when=")) {
            says.condition = std::string(word.substr(5));
        } else {
            return template_error{path, 1, "'" + std::string(word) + "' is no word of a template's first line"};
        }
    }
    return says;
}

result<template_file, template_error> compile(const std::string& path, std::string_view text) {
    template_file file;
    file.path = path;
    file.per_entity = path.find(entity_part) != std::string::npos;
    const std::string_view whole = text;
    TRY_ASSIGN(file.says, read_front_matter(path, text));
    file.raw = text;
    if (!file.says.verbatim) {
        // With the first line, which is a comment to the template language: errors then name the right line.
        TRY_ASSIGN(file.body, compiled_template::compile("templates/" + path, whole));
    }
    return file;
}

std::string output_path(std::string path, const std::string& entity) {
    for (auto at = path.find(entity_part); at != std::string::npos; at = path.find(entity_part, at)) {
        path.replace(at, entity_part.size(), entity);
        at += entity.size();
    }
    return path;
}

/// One file for one set of scopes; nullopt when its condition does not hold.
result<std::optional<tree_file>, template_error> render_one(const template_file& file,
                                                            const std::vector<const view*>& scopes,
                                                            std::string_view path) {
    if (!file.says.condition.empty()) {
        const view* flag = nullptr;
        for (const view* scope : scopes) {
            if (const view* found = scope->find(key_of(file.says.condition))) flag = found;
        }
        if (!flag)
            return template_error{"templates/" + file.path, 1, "nothing is called '" + file.says.condition + "'"};
        if (!flag->truthy()) return std::optional<tree_file>();
    }
    std::string body;
    if (file.says.verbatim) {
        body = std::string(file.raw);
    } else {
        TRY(file.body.render(scopes, body));
    }
    tree_file out;
    out.owner = file.says.owner;
    out.executable = file.says.executable;
    out.origin = "templates/" + file.path;
    out.content = with_owner_header(path, out.owner, file.path, body);
    return std::optional<tree_file>(std::move(out));
}

using rendered = std::vector<std::pair<std::string, tree_file>>;

/// The files of entities [begin, end), in order.
result<rendered, template_error> render_entities(const model& product, const view& root,
                                                 const std::vector<template_file>& files, std::size_t begin,
                                                 std::size_t end) {
    rendered out;
    for (std::size_t i = begin; i < end; ++i) {
        const entity_model& entity = product.entities[i];
        const view one = entity_view(product, entity);
        const std::vector<const view*> scopes{&root, &one};
        for (const template_file& file : files) {
            if (!file.per_entity) continue;
            auto path = output_path(file.path, entity.name.snake);
            TRY_ASSIGN(auto made, render_one(file, scopes, path));
            if (made) out.emplace_back(std::move(path), std::move(*made));
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

void add_verbatim(tree& out, const render_input& input) {
    for (const auto& [path, text] : input.runtime) {
        tree_file file;
        file.content = std::string(text);
        file.origin = "runtime/" + path;
        out.files.emplace("third_party/tenon/" + path, std::move(file));
    }
    tree_file spec;
    spec.content = std::string(input.spec_text);
    spec.origin = "the spec";
    out.files.emplace("spec.yaml", std::move(spec));
}

}  // namespace

result<tree, template_error> render(const model& product, const render_input& input) {
    std::vector<template_file> files;
    for (const auto& [path, text] : input.templates) {
        TRY_ASSIGN(auto file, compile(path, text));
        files.push_back(std::move(file));
    }
    const view root = product_view(product);
    tree out;
    add_verbatim(out, input);
    for (const template_file& file : files) {
        if (file.per_entity) continue;
        TRY_ASSIGN(auto made, render_one(file, {&root}, file.path));
        if (made) TRY(add(out, file.path, std::move(*made)));
    }
    TRY_ASSIGN(auto entities, render_all_entities(product, root, files));
    for (auto& [path, file] : entities) TRY(add(out, std::move(path), std::move(file)));
    return out;
}

}  // namespace tenon::gen
