# The features: each folder under runtime/features/ with a feature.cpp that declares it. There is no other list of them.

# tenon_list_features(target FOLDER...): gives `target` the declarations of all features in the folders, and
# tenon::feature::all_features().
function(tenon_list_features target)
  set(declarations "")
  set(calls "")
  foreach(folder IN LISTS ARGN)
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*/feature.cpp)
    target_sources(${target} PRIVATE ${sources})
    foreach(source IN LISTS sources)
      cmake_path(GET source PARENT_PATH name)
      cmake_path(GET name FILENAME name)
      string(APPEND declarations "namespace tenon::features::${name} {\nfeature::declaration declared();\n}\n")
      string(APPEND calls "        features::${name}::declared(),\n")
    endforeach()
  endforeach()
  set(list ${CMAKE_CURRENT_BINARY_DIR}/all_features.cpp)
  file(CONFIGURE OUTPUT ${list} @ONLY CONTENT [[
#include "feature/feature.hpp"
#include "feature/order.hpp"

@declarations@
std::vector<tenon::feature::declaration> tenon::feature::all_features() {
    return in_order({
@calls@    });
}
]])
  target_sources(${target} PRIVATE ${list})
endfunction()
