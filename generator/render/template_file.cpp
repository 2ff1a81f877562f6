// Reads what a template says of itself, and renders it.
#include "generator/render/template_file.hpp"

#include "generator/render/owner_header.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view entity_part = "{{entity}}";

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

}  // namespace

result<template_file, template_error> compile_template_file(const std::string& path, std::string_view text) {
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
                                                            std::string_view path, render_trace* trace) {
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
        TRY(file.body.render(scopes, body, trace));
    }
    tree_file out;
    out.owner = file.says.owner;
    out.executable = file.says.executable;
    out.origin = "templates/" + file.path;
    out.content = with_owner_header(path, out.owner, file.path, body);
    return std::optional<tree_file>(std::move(out));
}

}  // namespace tenon::gen
