# Fuzzers of what a cloned project may bring along: plan.json, manifest, journal, and three versions of any file.
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(yaml-cpp REQUIRED)
if(NOT TARGET PkgConfig::libgit2)
  pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET GLOBAL libgit2)
endif()
set(generator_src ${PROJECT_SOURCE_DIR}/generator)
file(GLOB merge_sources CONFIGURE_DEPENDS ${generator_src}/merge/*.cpp)
file(GLOB plan_sources CONFIGURE_DEPENDS ${generator_src}/plan/*.cpp ${generator_src}/rename/*.cpp)
set(record_sources ${generator_src}/apply/journal.cpp ${generator_src}/apply/undo_json.cpp
  ${generator_src}/support/sha256.cpp ${generator_src}/support/terminal.cpp)

function(tenon_project_fuzzer name)
  add_executable(${name} ${name}.cpp ${ARGN})
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/runtime/include)
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -g -O1)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address,undefined)
  target_link_libraries(${name} PRIVATE Boost::json OpenSSL::Crypto PkgConfig::libgit2 yaml-cpp)
  add_dependencies(fuzzers ${name})
  string(REPLACE "_fuzz" "_corpus" corpus ${name})
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${corpus})
  add_test(NAME ${name} COMMAND ${name} -runs=20000 -max_len=4096 -timeout=10
    ${CMAKE_CURRENT_BINARY_DIR}/${corpus} ${CMAKE_CURRENT_SOURCE_DIR}/${corpus})
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 300)
endfunction()

tenon_project_fuzzer(plan_fuzz ${plan_sources} ${merge_sources} ${record_sources}
  ${generator_src}/support/text.cpp ${generator_src}/support/posix_filesystem.cpp)
tenon_project_fuzzer(merge_fuzz ${merge_sources})
