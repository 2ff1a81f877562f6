# Run by cmake -P during a build: writes ${OUTPUT}.hpp and ${OUTPUT}.cpp for TenonEmbed.cmake.
cmake_minimum_required(VERSION 3.25)

# A raw string literal that holds the text of `file` as it is.
function(read_literal file result)
  file(READ ${file} text)
  set(mark tenon_text)
  string(FIND "${text}" ")${mark}\"" found)
  if(NOT found EQUAL -1)
    message(FATAL_ERROR "${file}: must not contain )${mark}\"")
  endif()
  set(${result} "R\"${mark}(${text})${mark}\"" PARENT_SCOPE)
endfunction()

# One constant array and the span over it for a dialect's migrations; an empty folder gives an empty span.
function(migrations_source dialect result)
  set(rows "")
  file(GLOB ups ${DIRECTORY}/${dialect}/*.up.sql)
  list(SORT ups)
  foreach(up IN LISTS ups)
    cmake_path(GET up FILENAME name)
    string(REPLACE ".up.sql" "" name ${name})
    read_literal(${up} up_text)
    read_literal(${DIRECTORY}/${dialect}/${name}.down.sql down_text)
    string(APPEND rows "    {\"${name}\",\n     ${up_text},\n     ${down_text}},\n")
  endforeach()
  set(span "const std::span<const tenon::db::migration> ${dialect}_migrations")
  if(rows STREQUAL "")
    set(${result} "${span};\n" PARENT_SCOPE)
  else()
    set(${result} "static constexpr tenon::db::migration ${dialect}_rows[] = {\n${rows}};\n${span}(${dialect}_rows);\n"
      PARENT_SCOPE)
  endif()
endfunction()

cmake_path(GET OUTPUT FILENAME stem)
if(KIND STREQUAL "text")
  read_literal(${FILE} literal)
  set(includes "#include <string_view>\n")
  set(declarations "extern const std::string_view ${NAME};\n")
  set(definitions "const std::string_view ${NAME} = ${literal};\n")
else()
  migrations_source(sqlite sqlite)
  migrations_source(postgres postgres)
  set(includes "#include <span>\n\n#include <tenon/db/migration.hpp>\n")
  set(declarations "extern const std::span<const tenon::db::migration> sqlite_migrations;\n")
  string(APPEND declarations "extern const std::span<const tenon::db::migration> postgres_migrations;\n")
  set(definitions "${sqlite}\n${postgres}")
endif()

file(WRITE ${OUTPUT}.hpp "// Made by the build from the product's own texts; see TenonEmbed.cmake.
#pragma once

${includes}
namespace ${NAMESPACE} {
${declarations}}  // namespace ${NAMESPACE}
")
file(WRITE ${OUTPUT}.cpp "// Made by the build from the product's own texts; see TenonEmbed.cmake.
#include \"${stem}.hpp\"

// The standard asks compilers for 65,536 characters only; these take any number.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace ${NAMESPACE} {
${definitions}}  // namespace ${NAMESPACE}
")
