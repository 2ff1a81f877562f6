// `tenon completion`: scripts that let a shell complete commands, options and files.
#pragma once

#include <string>
#include <string_view>

namespace tenon::gen {

/// `shell` is "bash", "zsh" or "fish".
std::string completion_script(std::string_view shell);

}  // namespace tenon::gen
