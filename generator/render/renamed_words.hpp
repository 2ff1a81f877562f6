// The words that renames change, in every form that generated files use.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Of the tenant, and of all entities, fields and values whose name or plural is not what it was `before` (the model of
/// the last generation). Without it: of those with a `was`, whose plural of before is then taken for the regular one.
/// Sorted, each once.
std::vector<renamed_word> renamed_words(const model* before, const model& product);

/// The tables of the tenant and of all entities of `before` that are still there. Without it: of those with a `was`.
std::vector<renamed_table> renamed_tables(const model* before, const model& product);

/// The entities (snake case) that have another name, plural, field or value than `before`; all when the tenant has.
std::set<std::string, std::less<>> renamed_subjects(const model& before, const model& product);

}  // namespace tenon::gen
