# How everything of Tenon is compiled: the standard, the warnings, and the sanitizers when asked for.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
# Lines for backtraces, no variables: following them through coroutines costs a third of the compile time.
add_compile_options($<$<CONFIG:RelWithDebInfo,Debug>:-g1>)
# Compiled a little faster than -O0 here, and runs several times as fast under the sanitizers.
add_compile_options($<$<CONFIG:Debug>:-Og>)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

add_library(tenon_warnings INTERFACE)
target_compile_options(tenon_warnings INTERFACE -Wall -Wextra -Wpedantic -Werror)
# g++ 12 warns of overlapping copies in `"literal" + std::string` where there are none (GCC bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(tenon_warnings INTERFACE -Wno-restrict)
endif()

# With CMAKE_UNITY_BUILD sources are included into one, whose anonymous namespace nobody else has.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)
endif()

if(TENON_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
