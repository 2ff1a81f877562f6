// The names of the runtime's public C++ that changed: what docs/upgrading.md tells, for programs.
#pragma once

#include <span>
#include <string_view>

namespace tenon::gen {

/// What is a use of a changed name.
enum class name_kind {
    header,          ///< "tenon/http/call.hpp", included.
    name,            ///< "tenon::http::route", however its namespace is written.
    call_member,     ///< A function of a request's call: "set_user".
    service_member,  ///< A function of a call's `services()`: "database".
    context_member,  ///< A function of calls that an operation's context has not: "services".
    hook_parameter,  ///< The type of the first parameter of a hook.
    request_reader,  ///< A function that was given `call.request()`.
    hooks_in_use,    ///< What gave the one object of an entity's hooks, and that object; those of tasks stand for all.
};

struct changed_name {
    std::string_view since;  ///< The version that changed it: "0.1".
    name_kind kind;
    std::string_view was;
    std::string_view now;  ///< What stands in its place, in words; one line.
};

/// Each name once per kind. A name that goes or changes gets a row here and in docs/upgrading.md, in the same commit.
std::span<const changed_name> changed_names();

}  // namespace tenon::gen
