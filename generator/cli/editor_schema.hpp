// The schema of specs for editors: the shipped one, with what features declare.
#pragma once

#include <string_view>

namespace tenon::gen {

/// Lives as long as the program.
std::string_view editor_schema();

}  // namespace tenon::gen
