// What generating needs besides the project: the spec's text, templates, and the runtime's sources.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "generator/render/render.hpp"
#include "generator/support/failure.hpp"
#include "generator/support/source.hpp"

namespace tenon::gen {

/// The text of a spec; "-" is standard input. Reads no more than a spec may have (and one byte, so that it is noticed).
outcome<source_text> load_spec(const std::string& path);

/// The built-in templates with those of a folder on top, and the texts that had to be read for it.
class template_inputs {
  public:
    /// `folder` may be empty.
    static outcome<template_inputs> load(const std::string& folder);

    /// Views into this object, into the program and into `spec_text`.
    render_input for_spec(std::string_view spec_text) const;

  private:
    std::map<std::string, std::string> own_;
};

/// `render` and the record of who may do what, with an error of a template as a failure.
outcome<tree> render_tree(const model& product, const render_input& input);

}  // namespace tenon::gen
