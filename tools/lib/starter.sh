# The starter as load tests and benches take it. Sourced.

# build_for_load PROGRAM...: these tests, and the starter, generated, built, and its own tests passed.
build_for_load() {
  local needed=(tenon apply_plan_tool tenon_runtime_package tidy)
  cmake --build "$root/build" -j "$jobs" --target "${needed[@]}" "$@" >/dev/null
  ctest --test-dir "$root/build" -R '^project_starter$' --output-on-failure >/dev/null || die "the starter does not build"
  export STARTER=$root/build/projects/starter/build/bin/starter SERVICES_TOOL=$root/tools/services
}
