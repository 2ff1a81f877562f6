// What a product has to know of one of its features. Said once, in runtime/features/<name>/feature.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "feature/construct.hpp"
#include "feature/permissions.hpp"
#include "feature/problems.hpp"
#include "feature/routes.hpp"
#include "feature/settings.hpp"
#include "feature/tables.hpp"

namespace tenon::feature {

struct declaration {
    std::string_view name;                       ///< Of its folder.
    std::vector<std::string_view> needs = {};    ///< Features that it builds on.
    construct when = {};                         ///< What a spec says to have it.
    std::vector<table> tables = {};              ///< Each behind those that it refers to.
    std::vector<setting> settings = {};          ///< In the order of documents.
    std::vector<permission> permissions = {};    ///< In the order of documents.
    std::vector<tag> tags = {};                  ///< Of its routes.
    std::vector<route> routes = {};              ///< In the order of documents; those of one path together.
    std::vector<route> record_routes = {};       ///< The same, of each entity.
    std::vector<std::string_view> schemas = {};  ///< Names in its openapi.yaml, but those that products choose.
    std::vector<problem> problems = {};          ///< Besides those of the features that it needs.
    int place = 0;                               ///< Of what it says in documents: the lowest comes first.
};

/// Whether a spec has to switch it on.
inline bool can_be_off(const declaration& one) {
    return !one.when.key.empty();
}

/// Those under runtime/features/, each behind those that it needs. See runtime/cmake/TenonFeatures.cmake.
std::vector<declaration> all_features();

/// The same in the order of documents.
std::vector<declaration> documented_features();

/// In the order of `features`.
std::vector<setting> settings_of(const std::vector<declaration>& features);
/// By code.
std::vector<problem> problems_of(const std::vector<declaration>& features);

/// Of all features, in the order of documents.
std::vector<setting> all_settings();

}  // namespace tenon::feature
