// What becomes of one file, decided from its three sides alone.
#pragma once

#include "generator/plan/plan.hpp"

namespace tenon::gen {

/// The three sides of a path; each may be `absent`.
struct three_sides {
    owner_class owner = owner_class::generated;
    digest base = absent;    ///< As last generated.
    digest mine = absent;    ///< On disk now.
    digest theirs = absent;  ///< As generated now.
    bool base_executable = false;
    bool mine_executable = false;
    bool theirs_executable = false;
};

struct verdict {
    plan_action action;
    plan_reason reason;

    bool operator==(const verdict&) const = default;
};

/// Pure. `conflict` means that both sides changed: whoever can merge contents takes it from there.
verdict judge(const three_sides& sides);

}  // namespace tenon::gen
