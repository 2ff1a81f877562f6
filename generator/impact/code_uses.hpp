// Where C++ of the user's own uses names of the runtime that are gone or changed.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/changed_names.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

struct code_use {
    std::size_t line = 0;  ///< From 1.
    const changed_name* what = nullptr;
};

/// In the order of the text. Whole names only; comments and strings do not count, includes do. A namespace may be
/// written in full, left out after `using`, or have an alias. What the text itself declares under such a short name is
/// its own. It is read without its includes: an alias or a `using` from another file is not seen. Code that compiles
/// has no uses.
std::vector<code_use> find_code_uses(std::string_view text);

/// The same of several files, path → text, as impacts that break code.
std::vector<impact> code_impacts(const std::map<std::string, std::string>& sources);

}  // namespace tenon::gen
