// An entry of a running change set is given up, because somebody saved one of its files: the rest goes on without it.
#pragma once

#include <string>
#include <vector>

#include "generator/apply/journal.hpp"

namespace tenon::gen {

/// Marks every change of the entry that `j.changes[index]` is a part of as spared, in the journal on disk too. Files
/// that the entry has created by then go again.
outcome<void> spare_entry(filesystem& project, journal& j, std::size_t index, std::vector<std::string>& kept);

/// Makes the records that are about to be written say the old things of spared entries: the manifest, what can be
/// undone, and plan.json, which keeps just those entries and so is stale. May be repeated. Nothing without any.
outcome<void> keep_records_of_spared(filesystem& project, journal& j);

}  // namespace tenon::gen
