# Given to a project as CMAKE_PROJECT_INCLUDE where it is built for its tests only: each layer is compiled at once. Not
# domain: there, entities with a field of the same name have a function of the same name.
if(NOT PROJECT_IS_TOP_LEVEL)
  return()  # the copy of the runtime, which sees to itself
endif()
set(CMAKE_UNITY_BUILD ON)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)
endif()
cmake_language(DEFER CALL set_target_properties domain PROPERTIES UNITY_BUILD OFF)
