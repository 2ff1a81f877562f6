// The manual page of a program, out of its options.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace tenon::gen {

/// In roff, as man(7) has it.
std::string manual_page(const CLI::App& app);

}  // namespace tenon::gen
