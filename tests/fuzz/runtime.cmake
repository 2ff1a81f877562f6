# Fuzzers of the runtime's readers. The sources under test are compiled in, so that they are instrumented; Asio and Beast
# are headers here, so that only what is used of them is compiled.
set(runtime_src ${PROJECT_SOURCE_DIR}/runtime/src)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(Threads REQUIRED)

# What all of them stand on.
file(GLOB json_sources CONFIGURE_DEPENDS ${runtime_src}/json/*.cpp)
add_library(fuzzed_basics OBJECT ${json_sources} ${runtime_src}/core/error.cpp ${runtime_src}/core/uuid.cpp
  ${runtime_src}/core/percent.cpp ${runtime_src}/core/utf8.cpp ${runtime_src}/core/wall_clock.cpp ${runtime_src}/core/time.cpp
  ${runtime_src}/core/time_of_day.cpp ${runtime_src}/core/duration.cpp ${runtime_src}/core/decimal.cpp)
target_compile_features(fuzzed_basics PUBLIC cxx_std_20)
target_include_directories(fuzzed_basics PUBLIC ${PROJECT_SOURCE_DIR}/runtime/include ${runtime_src})
target_compile_options(fuzzed_basics PUBLIC -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
  -fno-sanitize=function -g -O1)  # clang 14 cannot assemble coroutines whose calls are checked
target_link_options(fuzzed_basics PUBLIC -fsanitize=fuzzer,address,undefined)
target_link_libraries(fuzzed_basics PUBLIC Boost::headers Boost::json Threads::Threads)

function(tenon_runtime_fuzzer name)
  add_executable(${name} ${name}.cpp ${ARGN})
  target_link_libraries(${name} PRIVATE fuzzed_basics)
  add_dependencies(fuzzers ${name})
  # New finds go to the build folder; the seeds beside the source stay as they are.
  string(REPLACE "_fuzz" "_corpus" corpus ${name})
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${corpus})
  set(runs 50000)
  if(DEFINED ${name}_runs)
    set(runs ${${name}_runs})
  endif()
  add_test(NAME ${name} COMMAND ${name} -runs=${runs} -max_len=4096 -timeout=5
    ${CMAKE_CURRENT_BINARY_DIR}/${corpus} ${CMAKE_CURRENT_SOURCE_DIR}/${corpus})
  set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 300)
endfunction()

tenon_runtime_fuzzer(json_fuzz)
tenon_runtime_fuzzer(http_fuzz ${runtime_src}/http/request_parser.cpp ${runtime_src}/http/chunk_reader.cpp
  ${runtime_src}/core/byte_budget.cpp
  ${runtime_src}/service/router.cpp ${runtime_src}/http/message.cpp
  ${runtime_src}/http/problem.cpp ${runtime_src}/http/etag.cpp ${runtime_src}/http/body.cpp
  ${runtime_src}/http/response_text.cpp)
tenon_runtime_fuzzer(redis_url_fuzz
  ${runtime_src}/redis/redis_url.cpp)

# A whole connection, with the loop that it lives on.
find_package(prometheus-cpp REQUIRED)
find_package(spdlog REQUIRED)
file(GLOB observe_sources CONFIGURE_DEPENDS ${runtime_src}/observe/*.cpp)
set(connection_fuzz_runs 20000)
tenon_runtime_fuzzer(connection_fuzz ${PROJECT_SOURCE_DIR}/tests/unit/runtime/http/driven_connection.cpp
  ${runtime_src}/http/connection.cpp ${runtime_src}/http/connection_answer.cpp ${runtime_src}/http/client_shares.cpp
  ${runtime_src}/http/cors.cpp ${runtime_src}/http/forwarded.cpp ${runtime_src}/http/request_parser.cpp ${runtime_src}/http/chunk_reader.cpp
  ${runtime_src}/http/message.cpp ${runtime_src}/http/problem.cpp ${runtime_src}/http/response_text.cpp
  ${runtime_src}/core/ip_address.cpp ${runtime_src}/core/byte_budget.cpp ${runtime_src}/core/frame_memory.cpp
  ${runtime_src}/loop/detached.cpp ${observe_sources})
target_include_directories(connection_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/tests/unit/runtime)
target_link_libraries(connection_fuzz PRIVATE prometheus-cpp::core spdlog::spdlog)
