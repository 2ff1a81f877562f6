// Why a service says no, as data: pages under /problems/, openapi.yaml and docs/problems.md are made of it.
#pragma once

#include <string_view>

namespace tenon::feature {

/// What clients can do about several of them.
inline constexpr std::string_view mend_the_request =
    "Mend the request; sending it again as it is gives the same answer.";
inline constexpr std::string_view send_it_again = "Send it again after the seconds of Retry-After.";
inline constexpr std::string_view ask_an_admin = "Ask somebody whose role may, or for another role.";

struct problem {
    std::string_view code;     ///< "stale_version": of problem documents, and never another.
    int status;                ///< The one that it mostly comes with.
    std::string_view meaning;  ///< What has happened, in a sentence or two.
    std::string_view remedy;   ///< What a client can do.
};

}  // namespace tenon::feature
