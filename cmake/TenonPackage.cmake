# Packages: `cmake --install` lays out the programs, the runtime, manuals, completions, schemas and documents;
# `cpack -G DEB` makes a Debian package of the same.
include(GNUInstallDirs)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN "spec.schema.json" EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/tenon
  FILES_MATCHING PATTERN "*.json")
install(FILES ${PROJECT_SOURCE_DIR}/cmake/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

# What the programs print themselves is made when they are installed.
install(CODE "
  set(tenon \"$<TARGET_FILE:tenon>\")
  set(apply_plan \"$<TARGET_FILE:apply_plan_tool>\")
  set(changelog \"${PROJECT_SOURCE_DIR}/cmake/debian/changelog\")
  set(share \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}\")
  set(documents \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DOCDIR}\")")
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/TenonPrinted.cmake)

set(CPACK_PACKAGE_NAME tenon)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Tenon maintainers <maintainers@tenon.dev>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "generator of multi-tenant C++ services from one YAML spec")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Reads one YAML spec and writes a whole multi-tenant service in C++20: accounts,
tenants, roles, a JSON API, migrations for SQLite and PostgreSQL, OpenAPI and
tests. What is regenerated later is merged into what was edited.
.
The package holds the generator, apply-plan, and the runtime that generated
services link.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# What a generated project needs to be built; the programs themselves need only the shared libraries found above.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tools/packages_of_products.txt)
file(STRINGS ${PROJECT_SOURCE_DIR}/tools/packages_of_products.txt recommended REGEX "^(build|test) ")
list(TRANSFORM recommended REPLACE "^[a-z]+ " "")
list(JOIN recommended ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
include(CPack)
