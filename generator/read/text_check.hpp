// The first look at a spec: size, encoding, control characters, tabs.
#pragma once

#include <cstddef>
#include <string_view>

#include "generator/read/reporter.hpp"

namespace tenon::gen {

/// Reports what makes a text unreadable. False: do not parse it.
bool check_text(std::string_view text, std::size_t max_bytes, reporter& out);

}  // namespace tenon::gen
