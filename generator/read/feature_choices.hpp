// The features that a spec asks for.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "generator/features/chosen_features.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

/// Those that every product has, and those that the spec switches on.
inline feature_list features_of(const spec& all) {
    std::set<std::string, std::less<>> on;
    for (const auto& [name, choice] : all.features) on.insert(name);
    return features_with(on);
}

}  // namespace tenon::gen
