// The C++ that a plan leaves in its user's hands.
#pragma once

#include <map>
#include <string>

#include "generator/plan/make_plan.hpp"

namespace tenon::gen {

/// Path → text, as it is once the plan is applied: seeded files, generated ones with edits, and below src/ and tests/
/// those that Tenon does not know. Not what is exactly as generated, nor orphans, which are not compiled, nor files in
/// conflict, whose text is not decided yet. Files of more
/// than 1 MiB, and that cannot be read, are left out. `p` was made of the other three; only reads `project`.
outcome<std::map<std::string, std::string>> own_sources(const plan& p, const tree& t, const known_manifest& before,
                                                        filesystem& project);

}  // namespace tenon::gen
