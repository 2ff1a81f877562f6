# find_package(tenon_runtime): the libraries it links, then its own targets and functions.
include(${CMAKE_CURRENT_LIST_DIR}/TenonRuntimeDependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/tenon_runtime_targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/TenonEmbed.cmake)
