// What went wrong outside the spec (files, plans, locks): one value that travels up to the command line.
#pragma once

#include <string>
#include <utility>

#include <tenon/core/result.hpp>

namespace tenon::gen {

enum class failure_kind {
    io,       ///< The operating system said no: no space, no permission, a device error.
    refused,  ///< Tenon will not do it: a path leaves the project, a symbolic link is in the way, a directory is not
              ///< ours.
    stale,    ///< The project changed after the plan was made.
    busy,     ///< Another process is applying to the same project.
    interrupted,  ///< An earlier run was killed half way, and this one only reads.
    malformed,    ///< A plan, manifest or journal does not say what its format promises.
};

struct failure {
    failure_kind kind = failure_kind::io;
    std::string message;  ///< One sentence or several lines, without a final newline.
    std::string hint;     ///< What to do about it; may be empty.

    failure() = default;
    failure(failure_kind k, std::string m, std::string h = {}) : kind(k), message(std::move(m)), hint(std::move(h)) {}
};

template <class T>
using outcome = result<T, failure>;

}  // namespace tenon::gen
