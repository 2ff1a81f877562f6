# find_package(tenon_runtime): the libraries it links, then its own targets and functions.
include(${CMAKE_CURRENT_LIST_DIR}/TenonRuntimeDependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/tenon_runtime_targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/TenonEmbed.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/TenonLayers.cmake)
get_target_property(_tenon_include tenon::runtime INTERFACE_INCLUDE_DIRECTORIES)
tenon_runtime_layers(${_tenon_include})
