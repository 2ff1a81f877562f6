// What a planned change means: the old side is what was generated last, the new side is the rendered tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/spec_places.hpp"
#include "generator/plan/impact.hpp"
#include "generator/render/tree.hpp"

namespace tenon::gen {

/// Files as they were generated last; nothing where there was none.
struct former_files {
    std::optional<std::string> openapi;  ///< openapi.yaml
    std::optional<std::string> access;   ///< .tenon/access.json
};

inline constexpr std::string_view openapi_path = "openapi.yaml";

/// Adds `.tenon/access.json` to the files of a product.
void add_access_record(tree& files, const model& product);

/// Impacts on access, on what bins keep, on what deletions do and on the API, in the order of `sort_impacts`. A side
/// that is missing has no impacts.
outcome<std::vector<impact>> find_impacts(const former_files& before, const tree& after, const model& product,
                                          const spec_places& places);

}  // namespace tenon::gen
