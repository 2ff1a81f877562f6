// What of the runtime's public C++ surface has moved or gone: the one list behind docs/upgrading.md and behind what a
// plan says about code that is the owner's.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace tenon::gen {

enum class former_kind {
    header,  ///< "tenon/http/call.hpp"
    name,    ///< C++ as it is written, see `former_name::was`.
    target,  ///< "tenon::http", of CMake.
};

/// `was` of a name is a piece of code with each name in full, and is found however code comes to it: by
/// `using namespace`, an alias or a nested namespace. What stands behind its last token may be anything:
///
///     tenon::http::tenant_call                   and all that is inside of it
///     call.set_user(                             a variable of one of the classes of `former_objects()`
///     before_*(tenon::http::tenant_call          before_ and any end; the type of the first parameter
struct former_name {
    std::string_view since;  ///< The version that has it no longer: "0.1".
    former_kind kind = former_kind::name;
    std::string_view was;
    std::string_view is{};    ///< Empty: gone.
    std::string_view note{};  ///< Why it is gone, or what else to do; no sentence of its own, without a full stop.
};

/// Variables that patterns name by what they are.
struct former_object {
    std::string_view name;                  ///< "call"
    std::vector<std::string_view> classes;  ///< What such a variable is declared as, now or formerly.
    std::string_view made_by{};             ///< An expression that is such an object, too: "call.services()".
};

/// Sorted by nothing but the order in which documentation lists them.
std::span<const former_name> former_names();
std::span<const former_object> former_objects();

}  // namespace tenon::gen
