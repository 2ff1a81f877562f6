// One file of the user's is replaced, created or removed without losing what is saved to it at the same moment.
//
// Nothing is ever overwritten: what is in the way changes places with the new content in one step, is looked at then,
// and goes back when it is not what the plan was made for. Each step can be told from the disk, so that the next run
// goes on after a kill.
#pragma once

#include <string>
#include <vector>

#include "generator/apply/changes.hpp"

namespace tenon::gen {

enum class placed {
    done,
    changed,  ///< Somebody saved something else there. It is still there; nothing of the change has happened.
};

/// Puts the staged content of `c` in place. In a run that goes on where another was killed (`again`), one that is no
/// longer staged has been put there already. A saved file that cannot go back, because there was a second save since,
/// goes to a free name beside, which is added to `kept`.
outcome<placed> put_in_place(filesystem& project, const change& c, bool again, std::vector<std::string>& kept);

/// Removes the file of `c`. Fine when it is gone already.
outcome<placed> take_away(filesystem& project, const change& c, std::vector<std::string>& kept);

/// Where a file waits for a moment when the file system cannot exchange two names.
std::string aside_path(std::string_view path);

}  // namespace tenon::gen
