# Puts texts that belong to a product into its program, so that one file is all there is to deploy.
#
#   tenon_embed_text(<target> NAMESPACE <ns> NAME <symbol> FILE <file>)
#       #include "embedded/<symbol>.hpp"      namespace <ns> { extern const std::string_view <symbol>; }
#   tenon_embed_api(<target> NAMESPACE <ns> FILE <openapi.yaml>)
#       The document as it is, as JSON and as a page: openapi, openapi_json and api_page, each with a header of its own.
#   tenon_embed_migrations(<target> NAMESPACE <ns> DIRECTORY <dir>)
#       #include "embedded/migrations.hpp"    namespace <ns> { extern const std::span<const tenon::db::migration>
#                                                              sqlite_migrations, postgres_migrations; }
#       Reads <dir>/{sqlite,postgres}/NNNN_name.{up,down}.sql in the order of their names.
# The generated sources are rebuilt when a text changes; a new file in <dir> is picked up by the next build.
set(TENON_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/TenonEmbedScript.cmake CACHE INTERNAL "Writes embedded texts as C++")

function(_tenon_embed target output arguments)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/tenon_embedded/${target})
  add_custom_command(
    OUTPUT ${folder}/embedded/${output}.cpp ${folder}/embedded/${output}.hpp
    COMMAND ${CMAKE_COMMAND} ${arguments} -DOUTPUT=${folder}/embedded/${output} -P ${TENON_EMBED_SCRIPT}
    DEPENDS ${TENON_EMBED_SCRIPT} ${ARGN}
    COMMENT "Embedding ${output}" VERBATIM)
  target_sources(${target} PRIVATE ${folder}/embedded/${output}.cpp ${folder}/embedded/${output}.hpp)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${folder}>)
endfunction()

function(tenon_embed_text target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;NAME;FILE" "")
  cmake_path(ABSOLUTE_PATH arg_FILE NORMALIZE)
  _tenon_embed(${target} ${arg_NAME}
    "-DKIND=text;-DNAMESPACE=${arg_NAMESPACE};-DNAME=${arg_NAME};-DFILE=${arg_FILE}" ${arg_FILE})
endfunction()

function(tenon_embed_api target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;FILE" "")
  cmake_path(ABSOLUTE_PATH arg_FILE NORMALIZE)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/tenon_embedded/${target})
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(
    OUTPUT ${folder}/openapi.json ${folder}/openapi.html
    COMMAND tenon::describe_api ${arg_FILE} ${folder}/openapi.json ${folder}/openapi.html
    DEPENDS tenon::describe_api ${arg_FILE}
    COMMENT "Writing openapi.json and its page" VERBATIM)
  tenon_embed_text(${target} NAMESPACE ${arg_NAMESPACE} NAME openapi FILE ${arg_FILE})
  tenon_embed_text(${target} NAMESPACE ${arg_NAMESPACE} NAME openapi_json FILE ${folder}/openapi.json)
  tenon_embed_text(${target} NAMESPACE ${arg_NAMESPACE} NAME api_page FILE ${folder}/openapi.html)
endfunction()

function(tenon_embed_migrations target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;DIRECTORY" "")
  cmake_path(ABSOLUTE_PATH arg_DIRECTORY NORMALIZE)
  file(GLOB texts CONFIGURE_DEPENDS ${arg_DIRECTORY}/sqlite/*.sql ${arg_DIRECTORY}/postgres/*.sql)
  _tenon_embed(${target} migrations
    "-DKIND=migrations;-DNAMESPACE=${arg_NAMESPACE};-DDIRECTORY=${arg_DIRECTORY}" ${texts})
endfunction()
