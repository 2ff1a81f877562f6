// What becomes of the bases when entries are applied.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/make_plan.hpp"

namespace tenon::gen {

/// The bases of a new project that consists of these entries: name -> digest of the text.
std::map<std::string, digest> first_bases(const std::vector<plan_entry>& entries);

/// The bases after `applied` entries, by name. `after`: the manifest then; what it does not know has no base.
outcome<std::map<std::string, std::string>> next_bases(const base_texts& before, const std::vector<plan_entry>& applied,
                                                       const manifest& after, const content_source& contents);

/// The changes that put a text with the digest `wanted` in the place of `before`, the files of a Tenon before included.
outcome<void> want_bases(std::vector<change>& changes, filesystem& project, const base_texts& before,
                         const digest& wanted);

}  // namespace tenon::gen
