# Boundaries that the compiler enforces: a target sees the headers of exactly the layers that its link line names.
#
# Headers are found through one include folder per concern (`<tenon/db/…>` only with tenon::db) and per folder of a
# product's src/ (`"storage/…"` only with a link to storage), each made of one symbolic link in the build tree. What a
# layer may use is therefore its link line, and an include across a boundary is "No such file".

# g++ 12 warns of overlapping copies in `"literal" + std::string` where there are none (GCC bug 105651, mended in 13).
set(tenon_false_warnings $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  CACHE INTERNAL "Warnings that are wrong about this compiler's own library")

# An include folder in which only `prefix/…` exists, with the contents of `source`. `owner` keeps those of one library
# together, and apart from those of others.
function(tenon_view_of source prefix owner out)
  set(root ${CMAKE_BINARY_DIR}/layers/${owner})
  get_filename_component(parent ${root}/${prefix} DIRECTORY)
  file(MAKE_DIRECTORY ${parent})
  file(CREATE_LINK ${source} ${root}/${prefix} SYMBOLIC)
  set(${out} ${root} PARENT_SCOPE)
endfunction()

# tenon::core, tenon::json …: the public headers of the runtime's floors, and their libraries. `include_dir` holds
# tenon/<concern>/.
function(tenon_runtime_layers include_dir)
  set(needs_core "")
  set(needs_json core)
  set(needs_access core)
  set(needs_loop core)
  set(needs_observe core)
  set(needs_limits core)
  set(needs_db core json)
  set(needs_http core json)
  set(needs_paging core db)
  set(needs_operation core db access)
  set(needs_accounts core operation)
  set(needs_tenants core access accounts operation paging)
  set(needs_service core db http access json operation paging)
  set(needs_tenancy core db)  # its handlers are for who links service as well
  set(needs_records core db access)
  set(needs_auth core service)
  set(needs_app core access accounts auth db limits records service)
  set(needs_testing app)
  foreach(concern core json access loop observe limits db http paging operation accounts tenants service tenancy records auth app testing)
    if(NOT IS_DIRECTORY ${include_dir}/tenon/${concern} OR TARGET tenon::${concern})
      continue()
    endif()
    tenon_view_of(${include_dir}/tenon/${concern} tenon/${concern} tenon_${concern} root)
    add_library(tenon_view_${concern} INTERFACE)
    add_library(tenon::${concern} ALIAS tenon_view_${concern})
    # Of the system: a product's flags judge what the product's own code does.
    target_include_directories(tenon_view_${concern} SYSTEM INTERFACE ${root})
    target_compile_features(tenon_view_${concern} INTERFACE cxx_std_20)
    if(TARGET tenon::floor_${concern})
      target_link_libraries(tenon_view_${concern} INTERFACE $<LINK_ONLY:tenon::floor_${concern}>)
    endif()
  endforeach()
  foreach(concern core json access loop observe limits db http paging operation accounts tenants service tenancy records auth app testing)
    foreach(needed ${needs_${concern}})
      if(TARGET tenon_view_${needed} AND TARGET tenon_view_${concern})
        target_link_libraries(tenon_view_${concern} INTERFACE tenon_view_${needed})
      endif()
    endforeach()
  endforeach()
endfunction()

# A layer of a product: a static library of src/<name>/*.cpp whose headers are included as "<name>/file.hpp".
# `LINKS` are the layers and tenon::… concerns it may use; PUBLIC, because its headers may name their types.
function(tenon_layer name)
  cmake_parse_arguments(layer "" "FOLDER" "LINKS" ${ARGN})
  if(NOT layer_FOLDER)
    set(layer_FOLDER ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  endif()
  tenon_view_of(${layer_FOLDER} ${name} ${name} root)
  file(GLOB sources CONFIGURE_DEPENDS ${layer_FOLDER}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${root})
    target_link_libraries(${name} PUBLIC ${layer_LINKS})
    target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic ${tenon_false_warnings})
    # Said here, for a layer of which nothing is compiled any more.
    set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF LINKER_LANGUAGE CXX)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${root})
    target_link_libraries(${name} INTERFACE ${layer_LINKS})
  endif()
endfunction()
