# The fuzzer of the spec reader; its seeds are the bad specs of tests/errors. Sources are compiled in, instrumented.
find_package(yaml-cpp REQUIRED)
find_package(PkgConfig REQUIRED)
if(NOT TARGET PkgConfig::re2)
  pkg_check_modules(re2 REQUIRED IMPORTED_TARGET GLOBAL re2)
endif()
file(GLOB read_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/generator/read/*.cpp
  ${PROJECT_SOURCE_DIR}/generator/types/*.cpp)
set(support_sources ${PROJECT_SOURCE_DIR}/generator/support)
add_executable(read_fuzz read_fuzz.cpp ${read_sources}
  ${support_sources}/diagnostic_codes.cpp ${support_sources}/diagnostics.cpp ${support_sources}/naming.cpp
  ${support_sources}/pattern_text.cpp ${support_sources}/pattern_tree.cpp ${support_sources}/report_json.cpp
  ${support_sources}/source.cpp ${support_sources}/text.cpp)
target_compile_features(read_fuzz PRIVATE cxx_std_20)
target_include_directories(read_fuzz PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/runtime/include)
target_compile_options(read_fuzz PRIVATE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -g -O1)
target_link_options(read_fuzz PRIVATE -fsanitize=fuzzer,address,undefined)
target_link_libraries(read_fuzz PRIVATE tenon_features yaml-cpp PkgConfig::re2)
add_dependencies(fuzzers read_fuzz)
# New finds go to the build folder; the specs stay as they are.
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/read_corpus)
add_test(NAME read_fuzz COMMAND read_fuzz -runs=20000 -max_len=4096 -timeout=10
  ${CMAKE_CURRENT_BINARY_DIR}/read_corpus ${PROJECT_SOURCE_DIR}/tests/errors)
set_tests_properties(read_fuzz PROPERTIES LABELS fuzz TIMEOUT 300)
