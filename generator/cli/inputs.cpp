// Reads specs and templates from disk.
#include "generator/cli/inputs.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <boost/filesystem.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "generator/cli/editor_schema.hpp"
#include "generator/impact/find_impacts.hpp"
#include "generator/read/read.hpp"
#include "generator/render/git_attributes.hpp"
#include "generator/support/filesystem.hpp"
#include "generator/support/resources.hpp"

namespace tenon::gen {
namespace {

constexpr std::uint64_t max_template_bytes = 4ull << 20;

outcome<void> read_folder(filesystem& from, const std::string& path, std::map<std::string, std::string>& into) {
    TRY_ASSIGN(const auto entries, from.list(path));
    for (const directory_entry& entry : entries) {
        const std::string inner = path.empty() ? entry.name : path + "/" + entry.name;
        if (entry.kind == node_kind::directory) {
            TRY(read_folder(from, inner, into));
            continue;
        }
        TRY_ASSIGN(auto file, from.read(inner, max_template_bytes));
        if (file) into.emplace(inner, std::move(file->content));
    }
    return {};
}

/// A pipe of the shell's (`<(...)`) has a path below /dev; any other one may have no writer, ever.
bool may_wait_for_ever(const std::string& path) {
    boost::system::error_code ignored;
    const auto kind = boost::filesystem::status(path, ignored).type();
    return kind == boost::filesystem::fifo_file && !path.starts_with("/dev/") && !path.starts_with("/proc/");
}

/// A folder can be opened like a file, and read only then says that it is none.
std::string hint_for_folder(const std::string& path) {
    boost::system::error_code ignored;
    const auto inside = boost::filesystem::path(path) / "spec.yaml";
    if (boost::filesystem::is_regular_file(inside, ignored))
        return "give the file: " + inside.lexically_normal().string();
    return "give the path of a YAML file";
}

failure unreadable(const std::string& path, int code) {
    boost::system::error_code ignored;
    if (path != "-" && boost::filesystem::is_directory(path, ignored)) {
        return {failure_kind::refused, "cannot read the spec '" + path + "': it is a folder", hint_for_folder(path)};
    }
    const std::string why = code != 0 ? std::string(": ") + std::strerror(code) : "";
    return {failure_kind::io, "cannot read the spec '" + path + "'" + why, "give the path of a YAML file"};
}

/// What features say in openapi.yaml is for Tenon, not for products.
void take_fragments(render_input& input) {
    constexpr std::string_view folder = "features/", file = "/openapi.yaml";
    for (auto at = input.runtime.lower_bound(std::string(folder)); at != input.runtime.end();) {
        const std::string_view path = at->first;
        if (!path.starts_with(folder)) return;
        if (!path.ends_with(file)) {
            ++at;
            continue;
        }
        input.fragments.emplace(path.substr(folder.size(), path.size() - folder.size() - file.size()), at->second);
        at = input.runtime.erase(at);
    }
}

}  // namespace

outcome<source_text> load_spec(const std::string& path) {
    if (path != "-" && may_wait_for_ever(path)) {
        return failure{failure_kind::refused, "cannot read the spec '" + path + "': it is not a regular file",
                       "give the path of a YAML file"};
    }
    std::ifstream file;
    errno = 0;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& input = path == "-" ? std::cin : file;
    const std::size_t limit = read_options{}.max_bytes + 1;
    source_text source{path == "-" ? "standard input" : path, std::string(limit, '\0')};
    input.read(source.text.data(), static_cast<std::streamsize>(limit));
    if (!input && !input.eof()) return unreadable(path, errno);
    source.text.resize(static_cast<std::size_t>(input.gcount()));
    // The spec is one of the files that are generated, and those have LF, wherever git made it CRLF.
    boost::algorithm::replace_all(source.text, "\r\n", "\n");
    return source;
}

outcome<template_inputs> template_inputs::load(const std::string& folder) {
    template_inputs inputs;
    if (folder.empty()) return inputs;
    TRY_ASSIGN(const auto from, open_directory(folder));
    TRY(read_folder(*from, "", inputs.own_));
    return inputs;
}

render_input template_inputs::for_spec(std::string_view spec_text) const {
    render_input input;
    input.templates = resources_below("templates/");
    for (const auto& [path, text] : own_) input.templates.insert_or_assign(path, text);
    input.runtime = resources_below("runtime/");
    take_fragments(input);
    input.spec_text = spec_text;
    input.editor_schema = editor_schema();
    return input;
}

outcome<tree> render_tree(const model& product, const render_input& input) {
    auto rendered = render(product, input);
    if (rendered) {
        add_access_record(*rendered, product);
        add_git_attributes(*rendered);
        return std::move(*rendered);
    }
    const template_error& wrong = rendered.error();
    return failure{failure_kind::malformed, wrong.file + ":" + std::to_string(wrong.line) + ": " + wrong.message,
                   "this is a mistake in the template, not in the spec"};
}

}  // namespace tenon::gen
