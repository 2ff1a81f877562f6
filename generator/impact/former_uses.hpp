// Where code that is the owner's names what the runtime no longer has.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/former_names.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

/// What is looked for: the lists of former_names.hpp, unless a test has its own.
struct former_list {
    std::span<const former_name> names = former_names();
    std::span<const former_object> objects = former_objects();
};

/// `texts`: path -> C++ or CMake, by the path's end; others have no uses. `own_names`: what else the product declares,
/// such as its entities; a name without qualifiers is told only when neither that nor one of the texts declares it.
/// One impact a use, with its place, in the order of paths and lines.
std::vector<impact> find_former_uses(const std::map<std::string, std::string>& texts,
                                     const std::set<std::string>& own_names, const former_list& list = {});

/// As people read it: "call.set_user(…)", "<tenon/http/call.hpp>".
std::string shown_former(const former_name& one);
/// What stands in its place, and the note; "gone" when nothing does. For documentation and messages, in Markdown.
std::string shown_present(const former_name& one);

}  // namespace tenon::gen
