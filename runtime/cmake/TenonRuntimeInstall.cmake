# Installs the runtime as a CMake package: find_package(tenon_runtime 0.1) gives tenon::runtime and tenon_embed_*.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tenon_runtime)

set(installed_targets tenon_runtime ${floors} tenon_describe_api)
if(TARGET tenon_runtime_testing)
  list(APPEND installed_targets tenon_runtime_testing)
endif()
# Whoever installs only this has it built by this name.
add_custom_target(tenon_runtime_package DEPENDS ${installed_targets})
install(TARGETS ${installed_targets} EXPORT tenon_runtime_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/tenon)
install(EXPORT tenon_runtime_targets NAMESPACE tenon:: DESTINATION ${package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tenon DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tenon_runtime
  FILES_MATCHING PATTERN "*.hpp")

write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tenon_runtime-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${CMAKE_CURRENT_LIST_DIR}/tenon_runtime-config.cmake
  ${CMAKE_CURRENT_LIST_DIR}/TenonRuntimeDependencies.cmake
  ${CMAKE_CURRENT_LIST_DIR}/TenonEmbed.cmake
  ${CMAKE_CURRENT_LIST_DIR}/TenonEmbedScript.cmake
  ${CMAKE_CURRENT_LIST_DIR}/TenonLayers.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/tenon_runtime-config-version.cmake
  DESTINATION ${package_dir})
