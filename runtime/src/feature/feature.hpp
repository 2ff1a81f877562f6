// What a product has to know of one of its features. Said once, in runtime/features/<name>/feature.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "feature/tables.hpp"

namespace tenon::feature {

struct declaration {
    std::string_view name;                     ///< Of its folder.
    std::vector<std::string_view> needs = {};  ///< Features that it builds on.
    std::vector<table> tables = {};            ///< Each behind those that it refers to.
};

/// Those under runtime/features/, each behind those that it needs. See runtime/cmake/TenonFeatures.cmake.
std::vector<declaration> all_features();

}  // namespace tenon::feature
