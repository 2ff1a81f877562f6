// What a product has to know of one of its features. Said once, in runtime/features/<name>/feature.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "feature/settings.hpp"
#include "feature/tables.hpp"

namespace tenon::feature {

struct declaration {
    std::string_view name;                     ///< Of its folder.
    std::vector<std::string_view> needs = {};  ///< Features that it builds on.
    std::vector<table> tables = {};            ///< Each behind those that it refers to.
    std::vector<setting> settings = {};        ///< In the order of documents.
    int place = 0;                             ///< Of its settings in documents: the lowest comes first.
};

/// Those under runtime/features/, each behind those that it needs. See runtime/cmake/TenonFeatures.cmake.
std::vector<declaration> all_features();

/// Of all features, in the order of documents.
std::vector<setting> all_settings();

}  // namespace tenon::feature
