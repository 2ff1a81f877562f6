# Fuzzers of what comes back from clients: cursors and tokens. Read after runtime.cmake, which makes the function.
set(crypto_sources ${runtime_src}/crypto/digest.cpp ${runtime_src}/crypto/base64url.cpp)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET GLOBAL libsodium)

tenon_runtime_fuzzer(cursor_fuzz ${crypto_sources}
  ${runtime_src}/paging/list_request.cpp ${runtime_src}/paging/query_value.cpp ${runtime_src}/paging/value_bytes.cpp
  ${runtime_src}/paging/cursor_codec.cpp ${runtime_src}/db/select.cpp ${runtime_src}/http/message.cpp)
tenon_runtime_fuzzer(token_fuzz ${crypto_sources}
  ${runtime_src}/accounts/access_tokens.cpp)
foreach(name cursor_fuzz token_fuzz)
  target_link_libraries(${name} PRIVATE PkgConfig::sodium OpenSSL::Crypto)
endforeach()
