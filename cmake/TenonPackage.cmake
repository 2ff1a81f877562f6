# Packages: `cmake --install` lays out the programs and the runtime, `cpack -G DEB` makes a Debian package of the same.
include(GNUInstallDirs)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_PACKAGE_NAME tenon)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Tenon maintainers <maintainers@tenon.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What a generated project needs to be built; the programs themselves need only the shared libraries found above.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "g++, cmake, ninja-build, pkg-config, libboost1.81-dev, libboost-json1.81-dev, libsqlite3-dev, libpq-dev, libhiredis-dev, libsodium-dev, libre2-dev, libicu-dev, libjemalloc-dev, libssl-dev, libcurl4-openssl-dev, zlib1g-dev, libspdlog-dev, libfmt-dev, prometheus-cpp-dev, libgtest-dev")
include(CPack)
