# The stages of tools/test and tools/check. Each is a function that says nothing on success; its output is a log.
passed=0 failed=0 failed_stages=() failures=() without_projects=()
slow_labels='project|openapi|service|load|package|fuzz'

# stage NAME FUNCTION: runs it, keeps its log, prints one line, and counts what it tested. A function does not stop at what
# fails in it, because its status is asked for: each step that the next stands on says `|| return`.
stage() {
  local name=$1 function=$2 start=$SECONDS status=0 log=$logs/$1.log
  mkdir -p "$logs"
  printf '%-17s ' "$name"
  tested_passed=0 tested_failed=0
  rm -f "$logs/$name.xml"
  "$function" >"$log" 2>&1 </dev/null || status=$?
  if [[ -f $logs/$name.xml ]]; then count_junit "$logs/$name.xml"; fi
  if ((tested_passed + tested_failed == 0)); then
    if ((status == 0)); then tested_passed=1; else tested_failed=1; fi
  elif ((status != 0 && tested_failed == 0)); then
    tested_failed=1
  fi
  passed=$((passed + tested_passed)) failed=$((failed + tested_failed))
  if ((tested_failed == 0)); then
    say "${green}passed${plain}  $(seconds_since "$start")  ($tested_passed)"
  else
    failed_stages+=("$name")
    say "${red}FAILED${plain}  $(seconds_since "$start")  ($tested_failed of $((tested_passed + tested_failed)))  build/logs/$name.log"
    failures+=("$(tell_failures "$name")")
    printf '%s\n' "${failures[-1]}" | sed 's/^/    /'
  fi
}

# summary: the totals on a line of their own, and a status of 1 when anything failed. What failed is told once more, as
# the last thing that a long log says.
summary() {
  if ((failed > 0)); then
    printf '%s\n' "${failures[@]}"
    say "failed in: ${failed_stages[*]}"
  fi
  say "$passed passed, $failed failed"
  ((failed == 0))
}

# count_junit FILE: what ctest reported. A test that was skipped counts as neither.
count_junit() {
  local run
  run=$(grep -c '<testcase .*status="run"' "$1" || true)
  tested_failed=$(grep -c '<testcase .*status="fail"' "$1" || true)
  tested_passed=$run
}

# tell_failures STAGE: its failed tests with what they checked, or the end of its log where no test of its own failed.
tell_failures() {
  local xml=$logs/$1.xml told=
  if [[ -f $xml ]]; then told=$(python3 "$root/tools/lib/failures.py" "$xml" || true); fi
  if [[ -n $told ]]; then printf '%s\n' "$told"; else tail -n "${TENON_LOG_LINES:-60}" "$logs/$1.log"; fi
}

# run_ctest STAGE DIR [CTEST ARGUMENT...]
run_ctest() {
  local name=$1 dir=$2
  shift 2
  ctest --test-dir "$dir" --no-tests=error --timeout 900 --output-junit "$logs/$name.xml" "$@"
}

stage_format() {
  local files
  mapfile -t files < <(cxx_files)
  (cd "$root" && printf '%s\n' "${files[@]}" | xargs -P "$jobs" -n 24 clang-format --dry-run -Werror)
}

# The product as it is shipped, and what tests it so.
stage_build() {
  configure "$root/build" || return
  cmake --build "$root/build" -j "$jobs" --target tenon apply_plan_tool tenon_runtime_package shipped_tests
}

# The generator's unit tests, programs as people and teams run them and killed at each writing call, random histories,
# limits over several processes, the house rules. More run than there are cores: some wait for databases.
stage_shipped() { run_ctest shipped "$root/build" -j "$((jobs + 1))" -L '^shipped$'; }

# For everyday work: unit tests in the build folder, each source compiled by itself.
stage_unit() {
  configure "$root/build" || return
  cmake --build "$root/build" -j "$jobs" || return
  run_ctest unit "$root/build" -j "$jobs" -LE "$slow_labels"
}

# Generated projects: built from the runtime that this build installs, their own tests, twice the same, boundaries.
stage_project() {
  run_ctest project "$root/build" -j "$((jobs + 1))" -L '^project$'
  without_projects=(-FA 'built_.*|installed_runtime')
}

# Both drive what the project stage has built; alone, they have it built first.
stage_openapi() { run_ctest openapi "$root/build" -j "$jobs" -L '^openapi$' "${without_projects[@]}"; }
stage_service() { run_ctest service "$root/build" -j "$jobs" -L '^service$' "${without_projects[@]}"; }
# The starter on real servers: under load, while these fail, and beside every abuse of one user. Each test has servers
# of its own and mostly waits.
stage_load() { run_ctest load "$root/build" -j "$((jobs + 1))" -L '^load$' "${without_projects[@]}"; }
stage_package() { run_ctest package "$root/build" -L '^package$'; }

# The runtime's tests under AddressSanitizer and UndefinedBehaviorSanitizer. Sources of a folder share one reading of the
# headers, which halves the time. One more runs than there are cores: a third of the time
# they wait for databases.
stage_sanitize() {
  configure_sanitized || return
  cmake --build "$root/build/sanitize" -j "$jobs" --target sanitized_tests tenon_runtime_package || return
  run_ctest sanitize "$root/build/sanitize" -j "$((jobs + 1))" -L '^sanitized$'
}

# One generated project under the sanitizers, on every database, against the runtime that was built with them. What the
# sanitizers see of the other examples are the same templates and the same runtime.
stage_project_sanitize() {
  run_ctest project_sanitize "$root/build/sanitize" -j "$jobs" -L '^project$' -E 'boundaries|regeneration|openapi'
}

# The fuzz targets need clang's libFuzzer; each runs a bounded number of executions over its corpus.
stage_fuzz() {
  configure "$root/build/fuzz" -DTENON_BUILD_FUZZERS=ON -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=Debug -DCMAKE_UNITY_BUILD=ON || return
  cmake --build "$root/build/fuzz" -j "$jobs" --target fuzzers || return
  run_ctest fuzz "$root/build/fuzz" -j "$jobs" -L '^fuzz$'
}

# docs/systems.md says what the stages before have proved.
stage_systems() { "$root/tools/systems" --check; }

# As it is deployed, and the only build of a project's own copy of the runtime. A warning in the project stops it; one in
# the copy must not.
stage_demo() { "$root/tools/demo" --once --preset release -DCMAKE_CXX_FLAGS=-Werror; }
