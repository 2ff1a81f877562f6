// The first line of every generated file: who owns it, and which template it comes from.
#pragma once

#include <string>
#include <string_view>

#include "generator/render/tree.hpp"

namespace tenon::gen {

/// `text` with the header as its first line (second, behind `#!`), in the comment syntax of the path's file type. Files
/// that cannot hold comments (JSON, LICENSE) come back as they are.
std::string with_owner_header(std::string_view path, owner_class owner, std::string_view template_path,
                              std::string_view text);

}  // namespace tenon::gen
