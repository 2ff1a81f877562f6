# Given to a project as CMAKE_PROJECT_INCLUDE for its build with sanitizers: each layer is compiled at once. Not domain:
# there, entities with a field of the same name have a function of the same name.
set(CMAKE_UNITY_BUILD ON)
add_compile_options(-Wno-subobject-linkage)
cmake_language(DEFER CALL set_target_properties domain PROPERTIES UNITY_BUILD OFF)
